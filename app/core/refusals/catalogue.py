"""Which technical refusals exist?"""

from __future__ import annotations

from app.core.refusals import asking, cells, changes, files, records
from app.core.refusals.refusal import Refusal

_MODULES = (records, changes, asking, cells, files)


def all_refusals() -> list[Refusal]:
    """Return every refusal of the core once; some modules import refusals from others."""
    found = [one for module in _MODULES for one in vars(module).values()]
    return list(dict.fromkeys(one for one in found if isinstance(one, Refusal)))
