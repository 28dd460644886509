"""What does an uploaded sheet contain, read as a known form?

Each cell becomes a value or a problem, with the row number that the user sees. A file that is not a
workbook, or is too large, is refused before it takes up memory.
"""
