"""How is one row shown, filled in and changed by hand?"""
