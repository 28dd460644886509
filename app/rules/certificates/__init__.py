"""Rules of certificates: numbers, print and later changes (证书)."""
