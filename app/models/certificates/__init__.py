"""Tables of certificates: numbers, print and later changes (证书).

Numbers are kept as segments of serials per body, rule, year and level; certificates stand on
them one by one, and each later change stands beside its certificate.
"""
