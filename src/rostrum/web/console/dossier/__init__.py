"""The file of one delegation: all that staff know of it at a debate, and may do for it."""
