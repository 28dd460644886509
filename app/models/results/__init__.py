"""Tables of results: marks, publicity, objections and retakes (成绩与公示).

A row of marks per candidate, the publicities of a batch, of which the latest not cancelled counts,
and every objection with its answer. Outcomes follow from the marks by the rules.
"""
