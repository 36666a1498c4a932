"""Data that comes with Rostrum: delegations, the debate of 24 March 2025."""
