"""How are properties tried? With the same examples on every run and however slow the machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("same everywhere", deadline=None, derandomize=True)
settings.load_profile("same everywhere")
