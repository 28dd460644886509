"""How are rows written to a sheet, and how is a blank sheet prepared?

Text stays text: nothing becomes a formula, and no number loses digits. Refused rows are returned as
they were sent, with one additional column.
"""
