"""How are official forms laid out and written to files, without a database?

Pure functions from data to bytes. Services decide what goes on a form; which edition is in force
on a day is decided here.
"""
