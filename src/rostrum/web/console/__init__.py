"""What staff see and do, by noun."""
