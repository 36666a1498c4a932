"""What is kept until when, and who is told of it."""
