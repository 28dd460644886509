"""What does an installation know before anyone types: reference data, and a demo centre."""
