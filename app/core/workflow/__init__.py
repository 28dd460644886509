"""Which step may follow, and by whom? A table of moves per entity, one engine that steps."""
