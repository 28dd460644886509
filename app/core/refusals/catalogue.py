"""Which technical refusals are there? All of them, in the order in which they are declared."""

from __future__ import annotations

from app.core.refusals import asking, cells, changes, files, records
from app.core.refusals.refusal import Refusal

_MODULES = (records, changes, asking, cells, files)


def all_refusals() -> list[Refusal]:
    """Every refusal of the core, each once: a module may take one over from another."""
    found = [one for module in _MODULES for one in vars(module).values()]
    return list(dict.fromkeys(one for one in found if isinstance(one, Refusal)))
