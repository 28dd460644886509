"""Rules of evaluation bodies: their scope, sites and the people who judge (评价机构).

Says where an account may stand and what a body was approved for; whoever asks for more than was
approved is told which part of it.
"""
