"""Which acts are there? One function each, one transaction each, with an explicit actor.

Facts are gathered here and judged by the rules; one act, one function, one transaction. What goes
past the scope of the actor says why beside it.
"""
