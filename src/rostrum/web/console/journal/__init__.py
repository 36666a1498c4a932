"""The journal, and how the order came about."""
