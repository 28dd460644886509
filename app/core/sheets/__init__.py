"""How are uploaded sheets read and plain sheets written, without a database?

This package only converts bytes to cells and back. No other part of the core uses
spreadsheet libraries.
"""
