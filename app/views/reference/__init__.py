"""Screens of reference data: regions, occupations, levels, centres and the calendar (参考数据)."""
