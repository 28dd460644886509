"""Does this edit change what a row refers to?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm.attributes import get_history

from app.core.declarations.base import Entity
from app.core.declarations.links import link_named, row_at


def is_changed(item: Entity, name: str) -> bool:
    """Return whether the row refers to another row by the link ``name`` than it did when stored.

    A row that is not stored yet counts as changed. Naming the stored row again changes nothing.
    """
    state: Any = inspect(item)
    if not state.persistent:
        return True
    key = link_named(type(item), name).key
    kept = get_history(item, key)
    before = next(iter(kept.deleted or kept.unchanged or ()), None)
    if kept.has_changes() or name not in state.dict:
        return bool(before != getattr(item, key))
    row = row_at(item, (name,))
    return bool(before != (None if row is None else row.id))
