"""Which data does an installation start with: reference data, and a demo centre?

Loading a second time changes nothing. The demo centre is built by the product's own services. Its
passwords are public, so it must not be loaded on a server that others can reach.
"""
