"""Rules of results: marks, publicity, objections and retakes (成绩与公示).

Derives outcomes from marks and counts from outcomes, and checks the dates in between. Marks are
decimals and are rounded where the notice rounds them.
"""
