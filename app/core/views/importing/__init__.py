"""How does a person bring in a sheet and look at what it would do?"""
