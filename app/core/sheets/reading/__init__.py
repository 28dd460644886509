"""What does an uploaded sheet say, read as a form that is known?"""
