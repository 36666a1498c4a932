"""Rostrum: one mission runs the list of speakers of a Security Council open debate."""

__version__ = "0.2.0"
