"""How is one row shown, filled in and changed by hand?

Input is never lost when it is refused, and each problem is shown at its field. If two people edit
one record, the second sees both values and chooses.
"""
