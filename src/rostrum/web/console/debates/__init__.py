"""Debates, as staff set them up and run them."""
