"""Services of the examination: papers, rooms, days and examiners (考务).

Each row of an arrangement becomes one session or is refused with its reason. Names in it must be
registered people; unknown ones are reported.
"""
