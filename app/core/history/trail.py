"""Which lines of history belong to a record, to an operation or to an auditor's search?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select
from sqlalchemy.orm import undefer

from app.core.records import prefetch
from app.core.scope import AnySession
from app.core.tables import Change
from app.core.tables.packed import Line, lines_of, shelf_of

#: The number of rows fetched at a time where reading usually stops early.
_PORTION = 20


def of_records(
    session: AnySession, entity: str, keys: Iterable[int], *conditions: ColumnElement[bool]
) -> Iterator[Line]:
    """Yield the lines of these records, oldest first within each portion of keys.

    Takes one statement per portion.
    """
    for some in prefetch.chunks(keys):
        wanted = set(some)
        rows = session.scalars(_about(entity, wanted).where(*conditions).order_by(Change.id)).all()
        yield from (line for row in rows for line in lines_of(row, wanted))


def newest_of(session: AnySession, entity: str, key: int, limit: int) -> list[Line]:
    """Return the latest ``limit`` lines of one record, newest first."""
    found: list[Line] = []
    rows = session.scalars(_newest_first(entity, {key}))
    for row in rows:
        found.extend(lines_of(row, {key})[::-1])
        # A shelf is shared by many records; most of its rows are never needed.
        if len(found) >= limit:
            break
    rows.close()
    return found[:limit]


def last_of(session: AnySession, entity: str, keys: Iterable[int]) -> dict[int, Line]:
    """Return the latest line of each of these records; takes a few statements per portion."""
    found: dict[int, Line] = {}
    for some in prefetch.chunks(keys):
        latest = select(func.max(Change.id)).where(
            Change.entity == entity, Change.record_id.in_(some)
        )
        rows = session.scalars(
            select(Change).where(Change.id.in_(latest.group_by(Change.record_id)))
        )
        found |= {row.record_id: lines_of(row)[0] for row in rows}
        found |= _last_shared(session, entity, set(some), found)
    return found


def _last_shared(
    session: AnySession, entity: str, keys: set[int], known: Mapping[int, Line]
) -> dict[int, Line]:
    found: dict[int, Line] = {}
    shared = select(Change).options(undefer(Change.packed)).order_by(Change.id.desc())
    shelves = {shelf_of(key) for key in keys}
    rows = session.scalars(
        shared.where(Change.entity == entity, Change.record_id.in_(shelves)).execution_options(
            yield_per=_PORTION
        )
    )
    for row in rows:
        for line in lines_of(row, keys)[::-1]:
            if line.record_id not in known or known[line.record_id].id < row.id:
                found.setdefault(line.record_id, line)
        # Newest first, so the rest of the shelf can only hold earlier lines.
        if len(found) == len(keys):
            break
    rows.close()
    return found


def of_operation(session: AnySession, name: str, kinds: Iterable[str] = ()) -> list[Line]:
    """Return the lines that an operation wrote about records, in the order of writing."""
    asked = select(Change).options(undefer(Change.packed)).order_by(Change.id)
    asked = asked.where(Change.operation == name, Change.record_id != 0)
    if kinds:
        asked = asked.where(Change.kind.in_(tuple(kinds)))
    return [line for row in session.scalars(asked) for line in lines_of(row)]


def _about(entity: str, keys: set[int]) -> Select[Any]:
    numbers = keys | {shelf_of(key) for key in keys}
    asked = select(Change).options(undefer(Change.packed))
    return asked.where(Change.entity == entity, Change.record_id.in_(numbers))


def _newest_first(entity: str, keys: set[int]) -> Select[Any]:
    return _about(entity, keys).order_by(Change.id.desc()).execution_options(yield_per=_PORTION)


@dataclass(frozen=True)
class Page:
    """One page of lines, newest first, and the total number of lines."""

    changes: Sequence[Line]
    total: int
    number: int
    size: int


@dataclass(frozen=True)
class Sought:
    """A search for lines by ``conditions`` on the stored rows, each of which packs many lines.

    Of the rows in ``partly`` (id → number of matching lines) only lines whose title contains
    ``words`` match. ``surplus`` is the number of lines in these rows that do not.
    """

    conditions: Sequence[ColumnElement[bool]]
    words: str = ""
    partly: Mapping[int, int] = field(default_factory=dict)
    surplus: int = 0

    def lines(self, row: Change) -> list[Line]:
        """Return the matching lines of the row, newest first."""
        lines = lines_of(row)[::-1]
        if row.id not in self.partly:
            return lines
        return [line for line in lines if self.words.lower() in line.title.lower()]


def page_of(session: AnySession, sought: Sought, number: int, size: int) -> Page:
    """Return one page of the lines found; the cost grows with the page number."""
    total = _count(session, sought)
    number = max(1, min(number, -(-total // size)))
    first, found = (number - 1) * size, list[Line]()
    places = dict(_places(session, sought, first, first + size))
    rows = select(Change).options(undefer(Change.packed)).where(Change.id.in_(places))
    for row in session.scalars(rows.order_by(Change.id.desc())):
        start = max(0, first - places[row.id])
        found.extend(sought.lines(row)[start : first + size - places[row.id]])
    return Page(found, total, number, size)


def _count(session: AnySession, sought: Sought) -> int:
    one_each = select(func.count()).select_from(Change).where(*sought.conditions)
    shared = _SHARED, *sought.conditions
    more = session.scalar(select(func.sum(Change.lines - 1)).where(*shared)) or 0
    return (session.scalar(one_each) or 0) + int(more) - sought.surplus


#: Written as a literal, because a partial index cannot serve a bound parameter.
_SHARED: ColumnElement[bool] = Change.lines > literal_column("1")


def _places(session: AnySession, sought: Sought, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the rows whose lines overlap that range, each with the number of lines before it."""
    # Every row holds at least one line, so rows beyond this limit cannot overlap the range.
    rows = select(Change.id, Change.lines).where(*sought.conditions)
    rows = rows.order_by(Change.id.desc()).limit(end + len(sought.partly))
    if sought.partly:
        before = 0
        for key, count in session.execute(rows):
            lines = sought.partly.get(key, count)
            if before < end and before + lines > first:
                yield key, before
            before += lines
        return
    some = rows.subquery()
    upto: Any = func.sum(some.c.lines).over(order_by=some.c.id.desc())
    places = select(some.c.id, (upto - some.c.lines).label("before"), some.c.lines).subquery()
    reach = select(places.c.id, places.c.before).where(
        places.c.before < end, places.c.before + places.c.lines > first
    )
    yield from ((row.id, int(row.before)) for row in session.execute(reach))
