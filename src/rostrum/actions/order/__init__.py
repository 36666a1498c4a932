"""Changing places: moves, swaps, the Council's order, levels."""
