"""Pages for staff, by noun."""
