"""Reading letters and deciding about them, for staff."""
