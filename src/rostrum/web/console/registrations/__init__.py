"""Registrations as staff see them: the list, requests that came to the mission, late letters."""
