"""What does a list show, by which conditions, and how does it leave?

A page costs the same at any size of the table. A condition that is not understood is refused,
for passing it over would let all rows leave.
"""
