"""Services of certificates: numbers, print and later changes (证书).

Numbers are never repeated or skipped, even under concurrent use, and certificates print what is on
record. Segments are checked against all others, beyond the actor's scope.
"""
