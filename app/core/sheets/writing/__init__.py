"""How do rows leave as a sheet, and how does an empty sheet come to be filled in?"""
