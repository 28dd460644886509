"""Tables of sign-up: candidates, their eligibility and their papers (报名).

A candidate is one application within one batch: the same person in two batches is two rows. What
sheets call each column stands beside the fields.
"""
