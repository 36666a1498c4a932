"""HTTP: parse, authorise, one action or some reads, respond. No SQL and no rules here.

Modules are named after the noun they serve; what staff see lies in `console/`.
"""
