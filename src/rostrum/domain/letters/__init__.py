"""The signed letter: its files, its versions, what may be decided about it."""
