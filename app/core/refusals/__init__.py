"""What is refused for reasons of the machine: missing, unknown, taken, changed meanwhile.

A rule (``app.core.rule``) is a sentence of the notice or the centre; a refusal here is none, it
would be made of any records. Each has an id that programs rely on, a short Chinese name that
people see in its place, and words. A ``Problem`` comes of one of the two and of nothing else.
"""
