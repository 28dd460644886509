"""Services of filing: batches, what must go with them and by when (报备).

The pre-filing check and the filing itself run the same rules. Each batch stores its next due date,
which is recomputed whenever something that it depends on changes.
"""
