"""Where are accounts, keys and roles looked after?

Only who may keep accounts comes in here, except to their own profile, password and keys.
"""
