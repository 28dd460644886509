"""Tables of results: marks, publicity, objections and retakes (成绩与公示).

One line of marks a candidate, one publicity a batch that counts, and every objection with its
answer. What a mark comes to is not kept here but computed.
"""
