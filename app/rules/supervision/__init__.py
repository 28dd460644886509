"""Rules of supervision: inspections and spot checks (督导).

A draw gives the same result when recomputed from its record. An inspection is complete when each
finding has its remedy.
"""
