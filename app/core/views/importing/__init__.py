"""How does a person upload a sheet and see what it would do?

The page shows the sheet as it was sent, with each problem at its cell. Nothing is written until the
preview is accepted.
"""
