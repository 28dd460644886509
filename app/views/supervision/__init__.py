"""Screens of supervision: inspections and spot checks (督导).

Draws are made and shown here, and can be recomputed to verify them.
"""
