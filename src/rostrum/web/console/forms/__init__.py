"""The shape of what staff type."""
