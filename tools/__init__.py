"""Which commands does the project itself need, beside the product?

Each is a module that make or CI starts; none is imported by the product. What one writes into the
repository, such as docs/generated, a test holds against what it would write today.
"""
