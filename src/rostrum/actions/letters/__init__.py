"""Receiving, arranging, accepting and returning letters."""
