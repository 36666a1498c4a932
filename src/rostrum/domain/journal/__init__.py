"""The journal: what it records, how it reads in words, and the chain that proves it is whole."""
