"""Delegations, their invitations, and requests that came to the mission."""
