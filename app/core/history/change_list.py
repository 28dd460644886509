"""Which changes across all tables is an auditor looking for?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased, undefer

from app.core.history import trail
from app.core.history.trail import Page, Sought
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Change
from app.core.tables.packed import Line, lines_of

#: In place of a kind: deletions of rows that were not restored.
GONE = "gone"


@dataclass(frozen=True)
class Wanted:
    """The filters of the list; an empty value or None does not restrict it."""

    words: str = ""
    entity: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None


def page_of(session: AnySession, actor: Actor, wanted: Wanted, number: int, size: int) -> Page:
    """Return one page of the changes that the actor may see.

    Actors without a restricted scope see all changes, others only their own.
    """
    conditions = [*_reach(actor), *_asked(wanted)]
    sought = Sought(conditions)
    if wanted.words:
        sought = _with_words(session, conditions, wanted.words)
    return trail.page_of(session, sought, number, size)


def _with_words(
    session: AnySession, conditions: Sequence[ColumnElement[bool]], words: str
) -> Sought:
    """Match all lines of a packed row by its author, and single lines by their titles."""
    made = Change.actor_name.icontains(words, autoescape=True)
    named = [one.icontains(words, autoescape=True) for one in (Change.title, Change.titles)]
    asked = select(Change.id, Change.titles, Change.lines)
    rows = session.execute(asked.where(*conditions, ~made, named[1])).all()
    partly = {
        row.id: sum(words.lower() in title.lower() for title in row.titles.split("\n"))
        for row in rows
    }
    surplus = sum(row.lines - partly[row.id] for row in rows)
    return Sought([*conditions, or_(made, *named)], words, partly, surplus)


def one(session: AnySession, actor: Actor, key: str) -> Line | None:
    """Return the change with that key, or None if the actor may not see it."""
    number, _, place = key.partition("-")
    if not all(
        part.isascii() and part.isdigit() and len(part) < 10 for part in (number, place or "0")
    ):
        return None
    asked = select(Change).where(Change.id == int(number), *_reach(actor))
    row = session.scalar(asked.options(undefer(Change.packed)))
    lines = lines_of(row) if row is not None else []
    return next((line for line in lines if line.key == key), None)


def _reach(actor: Actor) -> list[ColumnElement[bool]]:
    # A change names its record by id only and cannot be checked against a scope.
    return [] if actor.sees_all else [Change.actor_id == actor.id]


def _asked(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
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
