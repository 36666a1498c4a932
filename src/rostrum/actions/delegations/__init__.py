"""Delegations are invited; their links are made and end."""
