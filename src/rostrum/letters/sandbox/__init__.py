"""The only code that opens strangers' files, in a process of its own."""
