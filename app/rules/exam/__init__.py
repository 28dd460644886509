"""Rules of the examination: papers, rooms, days and examiners (考务).

Covers papers, staff and seats of one batch, and people or rooms that are needed in two places at
once, within the batch or by another one.
"""
