"""Screens of filing: batches, what must go with them and by when (报备).

The page of a batch is where a clerk spends the day: dates, sheets to bring in, what would be sent
back and where to mend it.
"""
