"""Rules of filing: batches, what must go with them and by when (报备)."""
