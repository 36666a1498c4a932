"""What is taken away of a debate."""
