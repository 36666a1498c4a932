"""Live blocks, the streams that push them, and texts that are the same for everybody."""
