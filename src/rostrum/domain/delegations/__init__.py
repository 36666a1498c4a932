"""Delegations, their invitations, and the links that show their place."""
