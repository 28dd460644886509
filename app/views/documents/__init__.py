"""Screens of papers of a batch across the subjects: forms, letters, packages (文书).

Every paper is looked at before it is taken; what takes long is made as a job.
"""
