"""Tables of the archive: what is kept until when, and its destruction (归档).

An archived file names its batch and until when it is kept; an application to destroy it names
the files and stays when they are gone.
"""
