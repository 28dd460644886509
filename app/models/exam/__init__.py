"""Tables of the examination: papers, rooms, days and examiners (考务).

A session has the day, places, forms and examiners of both papers of one level. A paper has its
source, its printer and its number of copies.
"""
