"""Tables of certificates: numbers, print and later changes (证书).

Numbers are stored as segments of serials per body, rule, year and level. Each certificate belongs
to a segment, and each later change to its certificate.
"""
