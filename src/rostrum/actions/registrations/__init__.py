"""Taking a place and giving it up: the desk and all that passes it."""
