"""How is a form laid out once and written as workbook, PDF or document?

All formats show the same content. Text is never cut off or shrunk to nothing; a character without a
font is refused rather than printed as a box.
"""
