"""Tables of the archive: what is kept until when, and its destruction (归档).

An archived file refers to its batch and has a last day of retention. An application to destroy
files lists them and is kept after they are gone.
"""
