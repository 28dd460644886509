"""How is a table said: its fields, who sees it, when it is open, how it moves, what it keeps to?"""
