"""May these rows be saved as they are, by this person? Then save them, whole or not at all."""
