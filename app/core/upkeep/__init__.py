"""Is the database whole, kept, and put back without loss?

A copy is sound before it counts as one, and putting it back either succeeds whole or leaves the
present database as it was. A server never starts on tables of another version.
"""
