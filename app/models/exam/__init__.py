"""Tables of the examination: papers, rooms, days and examiners (考务).

A session names day, place, form and people of both papers of one level; a paper names its source,
its printer and how many copies there are.
"""
