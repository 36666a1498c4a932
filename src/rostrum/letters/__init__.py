"""A delegation's letter as a file: checking its kind, keeping it, inspecting it, drawing its pages.

This package has the folder of letters (`files`), the reasons for refusing a file (`refusals`),
what staff are told about an accepted file (`marks`), and the child process that alone parses what
strangers send (`inspection` and `document` have it started by `process`; it is in `sandbox`). Not
here: whether a letter is pending, accepted or returned, who may see it, any row of the database,
any page. Nothing here knows Flask, SQL or the clock.

Only `sandbox` imports a parser, and only the child process imports `sandbox`; the web never does.
"""
