"""One installation: its address, its key, its backups."""
