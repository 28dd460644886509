"""Services of sign-up: candidates, their eligibility and their papers (报名).

Who is on the roster is answered in a fixed number of statements, however many there are. A file
that is brought in twice changes nothing.
"""
