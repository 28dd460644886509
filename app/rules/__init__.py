"""What do the notice and the centre allow, and what follows from it?

Rules are pure functions without session, clock or web: they take facts and return problems; an
empty list means fine. Each rule has an id, a boundary test and an entry in docs/rules.md with its
sentence and source.
"""
