"""Where does a person see what was done, and what is being done?"""
