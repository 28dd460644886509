"""How does a person keep, lay out, choose from and take away a list?

A list keeps its name, its columns and its choice for whom it was kept. What was chosen stays
chosen: an act falls on those rows and no others, however the list changes.
"""
