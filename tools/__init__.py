"""Which commands does the project itself need, beside the product?"""
