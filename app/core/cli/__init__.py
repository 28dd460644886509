"""Which commands does every product on this core have, and what do all commands share?"""
