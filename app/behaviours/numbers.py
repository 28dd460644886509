"""Which prefix do numbers have that are counted across batches?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.core import clock


def this_year(mark: str) -> Callable[[Any], str]:
    """Return a function giving ``mark`` and the current year, as in ``WT-2021``."""
    return lambda _item: f"{mark}-{clock.today().year}"
