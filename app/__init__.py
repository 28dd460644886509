"""How is the application put together? By create_app(), which assembles and decides nothing.

Three houses: ``core`` knows no trade, the folders by subject know the certification, and
``assembly`` joins them. Nothing here decides; a wrong order or setting stops the start.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from typing import Any

from flask import Flask

# Importing and assembling make 340,000 objects that all stay. At Python's own 700 a fifth of every
# start is spent on looking for garbage among them.
gc.set_threshold(50_000)


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The application; ``settings`` override those of the environment (see ``config.py``)."""
    from app import assembly

    return assembly.assemble(settings)
