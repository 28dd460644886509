"""Where are accounts, keys and roles looked after?"""
