"""With what do the numbers begin that rows take across batches?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.core import clock


def this_year(mark: str) -> Callable[[Any], str]:
    """The mark of the table and the year in which the row is added, as in ``WT-2021``."""
    return lambda _item: f"{mark}-{clock.today().year}"
