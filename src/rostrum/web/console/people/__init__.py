"""Accounts of staff: signing in, and who may do what."""
