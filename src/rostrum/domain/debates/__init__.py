"""A debate: its settings, its life, its messages."""
