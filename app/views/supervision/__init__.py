"""Screens of supervision: inspections and spot checks (督导)."""
