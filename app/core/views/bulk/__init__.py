"""How are many rows changed on a page?"""
