"""Tables of supervision: inspections and spot checks (督导).

What was watched and found, and which batches a draw chose; a draw keeps all that is needed to
compute it again.
"""
