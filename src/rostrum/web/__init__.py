"""HTTP: parse, authorise, one action or some reads, respond. No SQL and no rules here.

Modules are named after the noun that they serve; pages for staff are in `console/`.
"""
