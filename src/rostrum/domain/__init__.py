"""The rules of a speakers' list: frozen values and pure functions.

No I/O, no SQL, no Flask and no clock here: `now` is always an argument.
"""
