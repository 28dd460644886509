"""What did a bulk operation do to each row, for those who may see it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.declarations.base import entities, entity_named
from app.core.declarations.field import describe
from app.core.errors import NotFound
from app.core.history import operations, trail
from app.core.history.history import EventReader, FieldChange
from app.core.history.operations import Named
from app.core.records import prefetch
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Change, Operation, packed

MISSING = "没有这次操作，或其中的记录不在您的管辖范围内"


@dataclass(frozen=True)
class Line:
    """What was done to one row."""

    entity: str
    record_id: int
    label: str
    title: str
    kind: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class OperationPage:
    """One page of what an operation did; ``hidden`` says that rows may be left out.

    ``undoes`` is the operation that it undid, ``undone_by`` the one that undid it.
    """

    named: Named
    who: str
    at: datetime
    source: str
    lines: tuple[Line, ...]
    total: int
    page: int
    hidden: bool
    undoes: Named | None
    undone_by: Named | None


def look(session: AnySession, actor: Actor, name: str, page: int, size: int) -> OperationPage:
    """Return one page of the operation called ``name``.

    Its author and actors with an unrestricted scope see all rows, others only the rows in their
    scope; raises NotFound if there are none. The number of statements depends only on the number
    of tables that the operation changed.
    """
    named = operations.named(session, [name]).get(name)
    first = session.scalar(
        select(Change).where(Change.operation == name).order_by(Change.id).limit(1)
    )
    if named is None or first is None:
        raise NotFound(MISSING)
    whole = actor.sees_all or first.actor_id == actor.id
    lines = trail.of_operation(session, name)
    if not whole:
        seen = _seen(session, lines)
        lines = [line for line in lines if line.record_id in seen.get(line.entity, ())]
    total = len(lines)
    if not total:
        raise NotFound(MISSING)
    page = max(1, min(page, -(-total // size)))
    lines = lines[(page - 1) * size : page * size]
    undoes, undone_by = _around(session, name)
    return OperationPage(
        named, first.actor_name, first.at, first.source, _readable(session, lines), total, page,
        not whole, undoes, undone_by,
    )  # fmt: skip


def _seen(session: AnySession, lines: Sequence[packed.Line]) -> dict[str, set[int]]:
    """Return the keys of those rows that the session's actor sees, by table."""
    found: dict[str, set[int]] = {}
    known = {one.__name__ for one in entities()}
    for entity in {line.entity for line in lines} & known:
        model = entity_named(entity)
        keys = (line.record_id for line in lines if line.entity == entity)
        for some in prefetch.chunks(keys):
            asked = select(model.id).where(model.id.in_(some))
            found.setdefault(entity, set()).update(session.scalars(asked))
    return found


def _readable(session: AnySession, lines: Sequence[packed.Line]) -> tuple[Line, ...]:
    tellers = {
        one.__name__: EventReader(
            session, one, [line for line in lines if line.entity == one.__name__]
        )
        for one in entities()
        if any(line.entity == one.__name__ for line in lines)
    }
    return tuple(
        Line(
            line.entity,
            line.record_id,
            describe(entity_named(line.entity)).label,
            line.title or f"#{line.record_id}",
            line.kind,
            tuple(tellers[line.entity].of(line)) if line.kind == "edit" else (),
        )
        for line in lines
        if line.entity in tellers
    )


def _around(session: AnySession, name: str) -> tuple[Named | None, Named | None]:
    row = session.scalar(select(Operation).where(Operation.name == name))
    if row is None:
        by = session.scalar(select(Operation.name).where(Operation.undoes == name).limit(1))
        return None, operations.named(session, [by or ""]).get(by or "")
    found = operations.named(session, [row.undoes, row.undone_by])
    return found.get(row.undoes), found.get(row.undone_by)
