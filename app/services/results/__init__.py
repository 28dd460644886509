"""Services of results: marks, publicity, objections and retakes (成绩与公示).

Marks reach outcomes by the plan's rules in one place; screens, sheets and announcements count the
same way.
"""
