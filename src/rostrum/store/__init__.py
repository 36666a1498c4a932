"""All SQL. Functions return domain values; none of them commits or decides.

`get_x` raises NotFound, `find_x` returns None; also `list_xs`, `count_xs`, `insert_x`, `update_x`.
Instants are integer microseconds in the database and aware UTC datetimes outside it.
"""
