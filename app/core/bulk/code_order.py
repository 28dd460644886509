"""In which order do the values of a code list stand, and how is one moved up or down?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.core.bulk import row_changes
from app.core.bulk.row_edit import RowEdit, Written
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import CodeItem, CodeKind


def items_of(session: AnySession, kind: CodeKind) -> Sequence[CodeItem]:
    """Return the values of a list in their order, including retired ones."""
    return session.scalars(
        select(CodeItem)
        .where(CodeItem.kind_id == kind.id)
        .order_by(CodeItem.order, CodeItem.code, CodeItem.id)
    ).all()


def shift(session: AnySession, actor: Actor, item: CodeItem, *, up: bool) -> Written:
    """Swap the item with its neighbour and renumber the list from 1."""
    items = list(items_of(session, item.kind))
    at = items.index(item)
    to = max(0, min(len(items) - 1, at - 1 if up else at + 1))
    items.insert(to, items.pop(at))
    edits = [
        RowEdit(one.id, {"order": number}, one.version)
        for number, one in enumerate(items, start=1)
        if one.order != number
    ]
    return row_changes.write(session, actor, CodeItem, edits, source="order")
