"""Who has an account, who signs in, and which forms were already submitted?

All changes of accounts happen here and are recorded, whether they come from a page, a command or
the framework. The last administrator cannot be locked out, and passwords are stored only hashed.
"""
