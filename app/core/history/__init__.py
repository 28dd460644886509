"""What has happened to a row, and how is it undone?

Every line of a change can be found by record, by act or by an auditor, within the scope of the
reader. Before an undo, the later changes that would prevent it are listed with their authors.
"""
