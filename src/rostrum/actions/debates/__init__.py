"""Making, changing, opening and postponing a debate, and its messages."""
