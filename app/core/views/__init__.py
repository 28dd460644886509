"""Which pages does a declared table get? Lists, records, forms, bulk edit, imports, history."""
