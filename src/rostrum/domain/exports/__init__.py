"""Files that people download from a debate."""
