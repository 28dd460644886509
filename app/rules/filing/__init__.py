"""Rules of filing: batches, what must go with them and by when (报备).

Everything for which a filing would be sent back, all at once, errors and warnings apart, each
with the people or sessions concerned and its arithmetic.
"""
