"""Tables of sign-up: candidates, their eligibility and their documents (报名).

A candidate is one application within one batch: a person in two batches has two rows. The headings
that sheets use for each field are listed next to the fields.
"""
