"""Which acts does the certification offer? One function and one transaction each.

Services gather facts, let the rules judge them and write the result for an explicit actor. A query
that goes beyond the actor's scope says why beside it.
"""
