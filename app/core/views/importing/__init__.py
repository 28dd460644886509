"""How does a person bring in a sheet and look at what it would do?

The page shows the sheet as it came, each objection at its cell, and writes nothing until it is
accepted as it was shown.
"""
