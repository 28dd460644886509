"""Tables of filing: batches, what must go with them and by when (报备).

The batch is what everything else hangs on. What the centre demands of a filing is a table too,
so that a demand changes without a release.
"""
