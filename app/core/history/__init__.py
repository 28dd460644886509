"""What has happened to a row, and how is it taken back?"""
