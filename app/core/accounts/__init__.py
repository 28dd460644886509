"""Who has an account, who signs in, and which forms did they send already?

Accounts are written here alone, with their trail, whoever asks: a page, a command, the framework.
Nobody locks out the last administrator, and a password never leaves as it was typed.
"""
