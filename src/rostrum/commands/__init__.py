"""The commands that work on the database of an instance; `rostrum.cli` puts them together."""
