"""What became of the rows that were changed since a moment, in words for readers?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.history.history import EventReader, FieldChange
from app.core.scope import AnySession
from app.core.workflow.changed_rows import ChangedRow


@dataclass(frozen=True)
class RowChange:
    """A changed row: its table and title in words, the row if it still exists, and its fields.

    ``kind`` is add, edit or delete; ``who`` and ``at`` are those of the last change.
    """

    table: str
    title: str
    row: Entity | None
    kind: str
    changes: tuple[FieldChange, ...]
    who: str
    at: datetime


def row_changes(session: AnySession, rows: Sequence[ChangedRow]) -> list[RowChange]:
    """Return the changed rows in words, table by table; takes a few statements for each table."""
    found: list[RowChange] = []
    for model in dict.fromkeys(one.model for one in rows):
        found += _of_model(session, model, [one for one in rows if one.model is model])
    return found


def _of_model(session: AnySession, model: Any, rows: Sequence[ChangedRow]) -> list[RowChange]:
    reader = EventReader(session, model, [line for one in rows for line in one.lines])
    keys = [one.record_id for one in rows if one.kind != "delete"]
    present = {row.id: row for row in session.scalars(select(model).where(model.id.in_(keys)))}
    return [_worded(describe(model).label, one, present.get(one.record_id), reader) for one in rows]


def _worded(table: str, one: ChangedRow, row: Entity | None, reader: EventReader) -> RowChange:
    last = one.lines[-1]
    title = str(row) if row is not None else one.title or f"#{one.record_id}"
    fields = [] if one.kind == "delete" else [c for line in one.lines for c in reader.of(line)]
    return RowChange(table, title, row, one.kind, tuple(fields), last.actor_name, last.at)
