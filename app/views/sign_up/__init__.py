"""Screens of sign-up: candidates, their eligibility and their papers (报名).

Shows the candidates of a batch, and a page that judges a person's eligibility without storing it.
"""
