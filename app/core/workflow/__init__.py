"""Which move may follow, and who may make it?

Each table declares its moves, and one engine makes them; nothing else assigns a state. Person,
state, note and rules are checked in one place, for buttons, commands and the interface alike.
"""
