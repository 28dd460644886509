"""How do rows leave as a sheet, and how does an empty sheet come to be filled in?

Text is written as text: nothing that begins like a formula becomes one, no number loses its
digits. What was refused goes back as it came, with one more column.
"""
