"""How are many rows changed in one act, by a form or by the cells of a grid?

Either all rows are written or none, unless the caller asks for the sound ones alone. A row that
somebody else saved meanwhile is refused with that person's name. Each act is one operation in the
history and can be undone as a whole.
"""
