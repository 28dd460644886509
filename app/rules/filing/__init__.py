"""Rules of filing: batches, what must go with them and by when (报备).

Finds everything for which a filing would be sent back, as errors or warnings, each with the people
or sessions concerned and its arithmetic.
"""
