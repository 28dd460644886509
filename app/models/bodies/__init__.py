"""Tables of evaluation bodies: their scope, sites and the people who judge (评价机构).

A body, what it may evaluate and where, and who holds a card of it. Scope of nearly everything
else is found by the link to a body.
"""
