"""How is a table said: its fields, who sees it, when it is open, how it moves, what it keeps to?

Everything that staff see of a table follows from what stands here, and what is unsound stops the
start. Declarations decide nothing: records, workflow and scope read them.
"""
