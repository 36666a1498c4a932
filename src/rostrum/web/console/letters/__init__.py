"""Letters, as staff read and decide them."""
