"""Screens of reference data: regions, occupations, levels, centres and the calendar (参考数据).

What all subjects share is kept by the centres and seen by everybody.
"""
