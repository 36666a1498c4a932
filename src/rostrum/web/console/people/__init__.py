"""Accounts of staff: signing in, and roles."""
