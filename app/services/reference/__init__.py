"""Services of reference data: regions, occupations, levels, centres and the calendar (参考数据).

The centre's settings and the meaning of its words, read once per transaction.
"""
