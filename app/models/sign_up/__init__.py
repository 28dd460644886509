"""Tables of sign-up: candidates, their eligibility and their papers (报名)."""
