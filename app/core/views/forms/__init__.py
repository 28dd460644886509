"""How is one row shown, filled in and changed by hand?

What was typed is never lost, whatever is refused; each objection stands at its field. Two people
at one record see each other's values and choose.
"""
