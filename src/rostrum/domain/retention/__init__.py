"""What is kept until when, what then goes, and what people are told of it."""
