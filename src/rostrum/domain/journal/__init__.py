"""The journal: what can happen, how it is told in words, and the chain that proves it whole."""
