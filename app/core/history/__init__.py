"""What has happened to a row, and how is it taken back?

Every line of a change is found again, by record, by act or by auditor, within the scope of who
looks. What can be taken back names beforehand whoever has built on it since.
"""
