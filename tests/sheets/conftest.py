"""How long may one made-up example take? As long as a busy machine needs; and each run the same."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("sheets", deadline=None, derandomize=True)
settings.load_profile("sheets")
