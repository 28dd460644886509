"""Rules of sign-up: candidates, their eligibility and their papers (报名).

Eligibility has three answers: yes, no, and not known with what would settle it. A roster is
judged row by row, across its rows and against other batches.
"""
