"""Rules of evaluation bodies: their scope, sites and the people who judge (评价机构).

Says which place an account may have and what a body is approved for. A request beyond the approval
is refused, naming the part that exceeds it.
"""
