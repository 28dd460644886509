"""How do many rows change as one act, by a form or by the cells of a grid?

All rows are written or none is, unless the sound ones are asked for; what somebody else saved
meanwhile is refused by name. Each act has a name in the history and can be undone as a whole.
"""
