"""What is kept until when, what is then deleted, and what people are told about it."""
