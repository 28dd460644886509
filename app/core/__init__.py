"""What is the low-code core? Everything that a declared table needs, whatever it is about.

It knows no batch, no body and no notice: ``app.core`` imports nothing else of ``app``.
"""
