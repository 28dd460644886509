"""Which refusals are technical, such as a missing, unknown, taken or outdated value?

A rule (``app.core.rule``) is a requirement of the notice or the centre. The refusals here are not:
they would apply to any records. Each has an id that programs rely on, a short Chinese name that
people see instead, and a message. Every ``Problem`` is made from one of these two.
"""
