"""Screens of results: marks, publicity, objections and retakes (成绩与公示).

What follows an examination, from marks to publicity; on the wall, names and numbers are masked.
"""
