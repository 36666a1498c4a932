"""The signed letter: its files, its versions, and the decisions about it."""
