"""Delegations, their invitations, and the links they share."""
