"""Rules of results: marks, publicity, objections and retakes (成绩与公示).

From marks to outcomes, from outcomes to totals, and the days in between. Marks are decimals and
are rounded where the notice rounds them.
"""
