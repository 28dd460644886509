"""Tables of reference data: regions, occupations, levels, centres and the calendar (参考数据).

What all subjects name and none owns. Levels and occupations are met by their codes; the calendar
says which days are workdays and for which year it is whole.
"""
