"""Screens of the archive: what is kept until when, and its destruction (归档).

Shows what is kept, what is due and what is gone; destruction is applied for here and decided by
another person.
"""
