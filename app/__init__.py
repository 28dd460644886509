"""How is the application put together? By create_app(), which assembles and decides nothing.

Three houses: ``core`` knows no trade, the folders by subject know the certification, and
``assembly`` joins them. Nothing here decides; a wrong order or setting stops the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The application; ``settings`` override those of the environment (see ``config.py``)."""
    from app import assembly

    return assembly.assemble(settings)
