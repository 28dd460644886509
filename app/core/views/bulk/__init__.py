"""How are many rows changed on a page?

Nothing is written without a preview: rows are selected, values filled in, the result is shown and
confirmed, and the undo is offered beside it.
"""
