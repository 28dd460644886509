"""Services of filing: batches, what must go with them and by when (报备).

What the check before filing says is what filing itself asks. The next date of a batch is written
in the batch and recomputed by everything that may change it.
"""
