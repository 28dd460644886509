"""How does a form become pages: laid out once, written as workbook, PDF or document?"""
