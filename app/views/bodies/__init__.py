"""Screens of evaluation bodies: their scope, sites and the people who judge (评价机构).

A body sees itself; a centre sees the bodies of its place.
"""
