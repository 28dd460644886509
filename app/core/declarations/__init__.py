"""How is a table declared: its fields, reach, opening, procedure and behaviour?

Everything that staff see of a table follows from its declaration. An unsound declaration prevents
the start. Declarations decide nothing themselves: records, workflow and scope read them.
"""
