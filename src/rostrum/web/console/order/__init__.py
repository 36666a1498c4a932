"""The order of speaking, as staff change it."""
