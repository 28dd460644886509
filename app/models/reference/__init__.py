"""Tables of reference data: regions, occupations, levels, centres and the calendar (参考数据).

Shared by all subjects. Levels and occupations are identified by codes; the calendar says which days
are working days and for which years it is complete.
"""
