"""An installation is addressed, backed up, restored."""
