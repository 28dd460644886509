"""May these rows be saved as they are, by this person?

Every way of saving a row comes through here: form, grid, import, interface and command. All
problems are reported together, by field. Either every accepted change is saved or none is.
"""
