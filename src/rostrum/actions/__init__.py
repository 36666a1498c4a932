"""The verbs of the trade: begin, load, ask the domain, store, journal.

Each function is one thing that somebody does, used alike by the web, the command line and the
tests. Domain errors leave nothing written.
"""
