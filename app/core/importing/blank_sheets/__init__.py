"""Which blank sheets can be downloaded and filled in?

There is one for every table that accepts rows and one for every official kind, each explaining its
columns. Their headings are recognised without questions when they are uploaded.
"""
