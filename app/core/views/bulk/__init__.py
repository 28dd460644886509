"""How are many rows changed on a page?

Nothing is written that was not looked over first: chosen, filled in, shown as it would be, and
confirmed, with the way back beside it.
"""
