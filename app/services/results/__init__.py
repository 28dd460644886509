"""Services of results: marks, publicity, objections and retakes (成绩与公示).

Outcomes follow from marks by the plan's rules in one place, so that screens, sheets and
announcements agree.
"""
