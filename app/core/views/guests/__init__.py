"""How do views written for the framework alone join this product?

They stand in our menu and shell, in Chinese and within scope, and change rows by our services
only. Without a word on who may come in, they are the provincial administrator's.
"""
