"""Accounts of the mission's staff."""
