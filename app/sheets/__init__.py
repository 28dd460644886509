"""What does the paper look like: reading uploaded sheets and writing sheets, without a database.

Pure: data in, bytes out. What goes on a form is asked of the services; which edition holds on a
day is answered here.
"""
