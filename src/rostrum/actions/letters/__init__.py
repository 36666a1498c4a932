"""Letters are taken, arranged, accepted, returned."""
