"""Services of certificates: numbers, print and later changes (证书).

No number is given twice or left out, whoever works at the same time; what is printed is what is
on record. Segments are checked against all others, whatever the actor sees.
"""
