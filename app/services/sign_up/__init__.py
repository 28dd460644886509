"""Services of sign-up: candidates, their eligibility and their documents (报名).

The number of SQL statements does not grow with the roster. Importing a file a second time changes
nothing.
"""
