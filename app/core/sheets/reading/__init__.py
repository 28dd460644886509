"""What does an uploaded sheet say, read as a form that is known?

Every cell is a value or an error of its own, with the row number that the user sees. A file that
is no workbook, or too large, is refused before it costs memory.
"""
