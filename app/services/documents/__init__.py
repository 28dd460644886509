"""Services of papers of a batch across the subjects: forms, letters, packages (文书).

A paper leaves whole or is refused with what is missing in it. Content is gathered here; how it
looks is asked of the sheets, in the edition that was in force.
"""
