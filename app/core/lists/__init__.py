"""How does a person keep, lay out, choose from and take away a list?"""
