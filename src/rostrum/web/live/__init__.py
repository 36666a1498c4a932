"""Live blocks, the streams that push them, and what is the same for everybody."""
