"""Which acts are there? One function each, one transaction each, with an explicit actor."""
