"""Delegations: adding and inviting them, making and ending their links."""
