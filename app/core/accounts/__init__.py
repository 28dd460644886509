"""Who has an account, who signs in, and which forms did they send already?"""
