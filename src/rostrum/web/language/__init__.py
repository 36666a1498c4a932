"""The language of a page, and how times, names and moves read in it."""
