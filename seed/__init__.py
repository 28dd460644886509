"""What does an installation know before anyone types: reference data, and a demo centre.

Loading twice changes nothing the second time. What the demo centre has, it got by the acts of the
product; its passwords are public, so that it belongs on no server that others reach.
"""
