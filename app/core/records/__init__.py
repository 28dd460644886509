"""May these rows be saved as they are, by this person? Then save them, whole or not at all.

Every way of saving a row comes through here: form, grid, import, interface, command. All that is
wrong is said at once, by field; what is refused leaves nothing behind.
"""
