"""Is the database intact, and how is it backed up and restored without loss?

A backup is verified before it counts as one. Restoring it either succeeds completely or leaves the
present database as it was. A server never starts on tables of another version.
"""
