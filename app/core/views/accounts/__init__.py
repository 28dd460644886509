"""Where are accounts, keys and roles maintained?

Only those with ``Power.ACCOUNTS`` may do so; everyone may see their own profile, password and keys.
"""
