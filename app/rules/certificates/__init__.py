"""Rules of certificates: numbers, print and later changes (证书).

Numbers have 20 or 22 characters and serials without gaps; a body's rule depends on the day; a
change needs evidence. Whether a number is taken already, services ask the database.
"""
