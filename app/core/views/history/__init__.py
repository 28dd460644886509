"""Where does a person see what was done, and which jobs are running?

These pages only read, except that deleted rows can be restored and bulk operations undone by those
who may, unless somebody has changed the rows since.
"""
