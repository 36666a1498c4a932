"""The verbs of the application: begin, load, ask the domain, store, journal.

Each function is one thing that somebody does. The web, the command line and the tests call the
same functions. After a domain error nothing is written.
"""
