"""How are uploaded sheets read and plain sheets written, without a database?"""
