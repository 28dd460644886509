"""Which commands do the developers of the product need?

Each is a module started by make or CI; the product imports none of them. Tests compare what they
write into the repository, such as docs/generated, with what they would write now.
"""
