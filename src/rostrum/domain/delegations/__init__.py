"""Delegations, their invitations, and who watches their place."""
