"""Rules of reference data: regions, occupations, levels, centres and the calendar (参考数据).

Reads what people write: identity numbers and credit codes, levels, telephones, holidays of a year.
A text that is not understood becomes a problem with a remedy, never a guess.
"""
