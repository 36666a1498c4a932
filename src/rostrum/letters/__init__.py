"""A delegation's letter as a file: judging its kind, keeping it, looking inside, drawing its pages.

Here belong the folder of letters (`files`), the reasons for which a file is refused (`refusals`),
what staff are told of one that is not (`marks`), and the child process that alone parses what
strangers send (`inspection` and `document` have it started by `process`; it is in `sandbox`). Not
here: whether a letter is pending, accepted or returned, who may see it, any row of the database,
any page. Nothing here knows Flask, SQL or the clock.

Only `sandbox` imports a parser, and only the child process imports it; the web process never does.
"""
