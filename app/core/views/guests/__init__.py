"""How do views written for the framework alone join this product?"""
