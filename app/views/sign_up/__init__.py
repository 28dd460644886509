"""Screens of sign-up: candidates, their eligibility and their papers (报名).

The people of a batch, and a page that answers whether somebody may apply and keeps nothing.
"""
