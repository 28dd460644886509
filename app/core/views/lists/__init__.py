"""What does a list show, under which conditions, and how is it exported?

The cost of a page does not grow with the table. Unknown conditions are refused: ignoring one would
show or export rows that were not asked for.
"""
