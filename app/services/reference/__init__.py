"""Services of reference data: regions, occupations, levels, centres and the calendar (参考数据).

What the centre has set and what its words mean, read once for an act.
"""
