"""The low-code core: everything that a table needs once it is declared, whatever it is about.

It knows no batch, no body and no notice: ``app.core`` imports nothing else of ``app``.
"""
