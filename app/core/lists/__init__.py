"""How does a person save, lay out, select from and export a list?

A saved list keeps its name, columns and conditions for those it was saved for. A selection stays
fixed: an act applies to exactly the selected rows, however the list changes.
"""
