"""Changing the order of speaking, for staff."""
