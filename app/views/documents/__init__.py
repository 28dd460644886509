"""Screens of a batch's documents across the subjects: forms, letters, packages (文书).

Every document can be previewed; those that take long are made as background jobs.
"""
