"""How are uploaded sheets read and plain sheets written, without a database?

Pure: bytes in, cells out, and back. Only here are libraries of spreadsheets known.
"""
