"""Screens of certificates: numbers, print and later changes (证书).

Certificates are looked at, printed, and changed by application with evidence; nobody edits one.
"""
