"""Services of a batch's documents across the subjects: forms, letters, packages (文书).

A document is complete or refused with what it lacks. Content is gathered here; ``app.sheets`` draws
it in the edition that was in force.
"""
