"""A debate: its settings, its lifecycle, its messages."""
