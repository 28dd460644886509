"""Which blank sheets are given out to be filled in?

A sheet for every table that takes rows, and one for every official kind, each with what people read
about its columns. What is given out here is read again without a question about its headings.
"""
