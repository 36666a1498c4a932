"""A debate: its settings, its lifecycle."""
