"""Taking a place and giving it up: the desk, and everything that passes through it."""
