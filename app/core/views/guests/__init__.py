"""How do views written only for the framework become part of this product?

They appear in our menu and shell, in Chinese and within scope, and change rows only through our
services. If they do not say who may open them, only roles with ``Power.GUESTS`` may.
"""
