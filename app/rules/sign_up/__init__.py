"""Rules of sign-up: candidates, their eligibility and their documents (报名).

Eligibility has three answers: yes, no, and unknown with the evidence that would decide it. A roster
is checked row by row, across its rows and against other batches.
"""
