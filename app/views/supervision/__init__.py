"""Screens of supervision: inspections and spot checks (督导).

Draws are made, shown and computed again before whoever doubts them.
"""
