"""Which step may follow, and by whom? A table of moves per entity, one engine that steps.

Nothing else assigns a state. Who, from which state, with which note and on what condition is
asked in one place, for the button, the command and the interface alike.
"""
