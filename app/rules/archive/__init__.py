"""Rules of the archive: what is kept until when, and its destruction (归档).

Nothing may be destroyed before its retention ends, nor without witnesses.
"""
