"""How do many rows change as one act, by a form or by the cells of a grid?"""
