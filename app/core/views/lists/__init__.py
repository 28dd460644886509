"""What does a list show, by which conditions, and how does it leave?"""
