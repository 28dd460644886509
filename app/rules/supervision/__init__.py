"""Rules of supervision: inspections and spot checks (督导).

A draw is the same whenever it is computed again from what was written down; an inspection is
complete when each finding has its remedy.
"""
