"""Services of the examination: papers, rooms, days and examiners (考务)."""
