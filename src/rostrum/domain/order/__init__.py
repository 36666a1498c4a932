"""The order of speaking: places, moves, swaps, the Council, forecasts."""
