"""How does a form become pages: laid out once, written as workbook, PDF or document?

A form is composed once and written as workbook, PDF or document, the same in each. Nothing is cut
or shrunk away; a character without a font is refused, never printed as a box.
"""
