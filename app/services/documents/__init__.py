"""Services of papers of a batch across the subjects: forms, letters, packages (文书)."""
