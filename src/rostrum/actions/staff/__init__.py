"""Accounts of staff, and their second factor."""
