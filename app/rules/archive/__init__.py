"""Rules of the archive: what is kept until when, and its destruction (归档).

Nothing may be destroyed before its day, and no destruction passes without its witnesses.
"""
