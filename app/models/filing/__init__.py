"""Tables of filing: batches, what must go with them and by when (报备).

Most other tables belong to a batch. The centre's requirements on a filing are a table too, so that
they can change without a release.
"""
