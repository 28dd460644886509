"""Services of evaluation bodies: their people and their places (评价机构).

Answers one question of the core: which places of this product an account may be linked to.
"""
