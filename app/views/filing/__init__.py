"""Screens of filing: batches, what must go with them and by when (报备).

The page of a batch is where a clerk does most of the work: deadlines, imports, and the pre-filing
check with links to what must be corrected.
"""
