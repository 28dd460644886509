"""Services of supervision: inspections and spot checks (督导).

A draw is stored with its seed and its population before its result is shown.
"""
