"""Screens of the archive: what is kept until when, and its destruction (归档)."""
