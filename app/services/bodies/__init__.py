"""Services of evaluation bodies: their people and their places (评价机构).

Tells the core which places an account may belong to.
"""
