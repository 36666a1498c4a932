"""The language of a page, and how instants, names and moves read in it."""
