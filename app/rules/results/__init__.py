"""Rules of results: marks, publicity, objections and retakes (成绩与公示)."""
