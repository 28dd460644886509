"""Services of the examination: papers, rooms, days and examiners (考务).

Each row of an arrangement becomes one session or is refused with its reason; the names in it are
registered people, or said to be unknown.
"""
