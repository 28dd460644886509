"""Where does a person see what was done, and what is being done?

Read only, except for the way back: what was deleted is restored and what was done to many rows
is undone, each by who may and as long as nobody has built on it.
"""
