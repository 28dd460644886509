"""Rules of the examination: papers, rooms, days and examiners (考务).

Answers for one batch and beside its neighbours: papers, staff, seats, and who or what would be in
two places at once.
"""
