"""Places change: moves, swaps, the Council, levels."""
