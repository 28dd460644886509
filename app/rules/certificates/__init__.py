"""Rules of certificates: numbers, print and later changes (证书).

Twenty-two characters, unbroken serials, a check digit; which rule holds on a day; what a change
needs as evidence. Whether a number is taken, only the database knows.
"""
