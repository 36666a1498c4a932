"""One installation: setting its address, backing it up, restoring it."""
