"""Which changes does an auditor look for, across all tables?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from app.models import Change
from app.roles import Actor
from app.scope import AnySession

#: Instead of a kind: deletions of rows that have not come back.
GONE = "gone"


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty and None mean everything."""

    words: str = ""
    entity: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Page:
    """One page of changes, newest first, and how many there are in all."""

    changes: Sequence[Change]
    total: int
    number: int
    size: int


def page_of(session: AnySession, actor: Actor, wanted: Wanted, number: int, size: int) -> Page:
    """The changes that ``actor`` may look into: all for who sees all, else the actor's own."""
    conditions = [*_reach(actor), *_asked(wanted)]
    counted = select(func.count()).select_from(Change).where(*conditions)
    total = session.scalar(counted) or 0
    number = max(1, min(number, -(-total // size)))
    rows = (
        select(Change)
        .where(*conditions)
        .order_by(Change.id.desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page(session.scalars(rows).all(), total, number, size)


def one(session: AnySession, actor: Actor, key: int) -> Change | None:
    """The change with that key; None if the actor may not look into it."""
    return session.scalar(select(Change).where(Change.id == key, *_reach(actor)))


def _reach(actor: Actor) -> list[ColumnElement[bool]]:
    # A change names its record by id alone: who is bounded by a scope is bounded to own deeds.
    return [] if actor.sees_all else [Change.actor_id == actor.id]


def _asked(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.words:
        columns: tuple[Any, ...] = (Change.title, Change.actor_name)
        found.append(or_(*[one.icontains(wanted.words, autoescape=True) for one in columns]))
    if wanted.entity:
        found.append(Change.entity == wanted.entity)
    if wanted.kind == GONE:
        found.extend([Change.kind == "delete", ~_came_back().exists()])
    elif wanted.kind:
        found.append(Change.kind == wanted.kind)
    if wanted.first is not None:
        found.append(Change.at >= datetime.combine(wanted.first, time.min))
    if wanted.last is not None:
        found.append(Change.at <= datetime.combine(wanted.last, time.max))
    return found


def _came_back() -> Select[Any]:
    later = aliased(Change)
    return select(later.id).where(
        later.entity == Change.entity,
        later.record_id == Change.record_id,
        later.id > Change.id,
        later.kind == "restore",
    )
