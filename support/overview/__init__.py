"""The schools of a locality on one page, the help that they need, and what may be told of all of them.

`reading` asks the database; `rows`, `filters` and `grid` turn what it says into what the page shows. No page asks
more of the database when there are more schools or more years.
"""
