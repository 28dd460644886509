"""Is the database whole, kept, and put back without loss?"""
