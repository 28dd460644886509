"""Tables of supervision: inspections and spot checks (督导).

Inspections with their findings, and the batches chosen by draws. A draw stores all that is needed
to recompute it.
"""
