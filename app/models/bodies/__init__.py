"""Tables of evaluation bodies: their scope, sites and the people who judge (评价机构).

A body, what it may evaluate and where, and its card holders. Most other tables derive their scope
from their link to a body.
"""
