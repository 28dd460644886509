"""Screens of reference data: regions, occupations, levels, centres and the calendar (参考数据).

Centres maintain what all subjects share; every user may see it.
"""
