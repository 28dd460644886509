"""What do the notice and the centre allow, and what follows from it? Pure functions answer.

Pure: no session, no clock, no web; facts come in, problems go out, empty means fine. Each rule has
an id that stands in docs/rules.md with its sentence and source, and a test at its bounds.
"""
