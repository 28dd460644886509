"""Services of supervision: inspections and spot checks (督导).

A draw is written down with its seed and its candidates before anybody sees the result.
"""
