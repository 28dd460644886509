"""Rules of reference data: regions, occupations, levels, centres and the calendar (参考数据).

Reads what people write: numbers of persons and bodies, levels, telephones, years of holidays.
A text that means nothing is a problem with a remedy, never a guess.
"""
