"""A debate is made, changed, opened, postponed, told of."""
