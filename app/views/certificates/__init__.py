"""Screens of certificates: numbers, print and later changes (证书).

Certificates can be viewed and printed, and changed only by an application with evidence.
"""
