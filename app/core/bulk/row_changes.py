"""How are many rows of one table written in one transaction, as one operation?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import false, update

from app.core.bulk.row_edit import EditedRow, RowEdit, RowResult, Written
from app.core.bulk.row_judgement import judge_rows, who_was_faster
from app.core.declarations.base import Entity
from app.core.errors import (
    AppError,
    Stale,
)
from app.core.history import history, operations
from app.core.records import judging, prefetch, record
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import NumberCounter
from app.core.transaction import transaction


class Look(Protocol):
    """Callbacks of an act that must know when rows are judged and when writing begins."""

    def judged(self, results: list[RowResult]) -> None:
        """Receive the result of every row, while others may still write."""

    def about_to_write(self) -> None:
        """Run once no one else can write; raise if what was judged no longer holds."""


def judge(
    session: AnySession, actor: Actor, model: type[Entity], edits: Sequence[RowEdit]
) -> list[RowResult]:
    """Return what ``write`` would do with each row, by the same checks; nothing is written.

    Takes no lock, so others can write meanwhile.
    """
    with session.no_autoflush:
        before = set(session.new)
        try:
            return [row.result() for row in judge_rows(session, actor, model, edits)]
        finally:
            _forget(session, before)


def _forget(session: AnySession, before: Collection[Any]) -> None:
    """Undo the edits in the session: expire changed rows and expunge those added since."""
    for one in [one for one in session.new if one not in before]:
        session.expunge(one)
    for one in list(session.dirty):
        session.expire(one)


def write(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    edits: Sequence[RowEdit],
    *,
    source: str,
    only_sound: bool = False,
) -> Written:
    """Write the rows in one transaction and as one operation of the history.

    If a row is refused nothing is written, unless ``only_sound``: then all the others are.
    ``source`` begins with a key of ``operations.TITLES``, such as ``bulk`` or
    ``import:名册.xlsx``.
    """
    with transaction(session, actor):
        return put(session, actor, model, edits, source=source, only_sound=only_sound)


def put(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    edits: Sequence[RowEdit],
    *,
    source: str,
    only_sound: bool = False,
    look: Look | None = None,
) -> Written:
    """Do what ``write`` does, within the caller's transaction.

    Rows are judged while others may write; ``look`` is called after that and before writing.
    """
    with operations.operation(session, actor, model, source) as begun:
        results = apply(session, actor, model, edits, only_sound=only_sound, look=look)
        refused = any(one.status == "refused" for one in results)
        if only_sound or not refused:
            begun.count = sum(one.written for one in results)
    return Written(begun.name if begun.count else "", results)


def apply(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    edits: Sequence[RowEdit],
    *,
    only_sound: bool = False,
    look: Look | None = None,
) -> list[RowResult]:
    """Do what ``put`` does, within an operation that has already begun.

    Raises RulesBroken if somebody else took a unique value at the same moment; then the whole
    transaction is rolled back.
    """
    with session.no_autoflush:
        before = set(session.new)
        rows = judge_rows(session, actor, model, edits)
        if look is not None:
            look.judged([row.result() for row in rows])
        if _wanted(rows, only_sound=only_sound):
            _open(session)
            if look is not None:
                look.about_to_write()
            _refuse_late(session, model, rows)
        if sound := _wanted(rows, only_sound=only_sound):
            record.write(session, actor, [row.item for row in sound])
        else:
            _forget(session, before)
        return [row.result() for row in rows]


def _wanted(rows: Sequence[EditedRow], *, only_sound: bool) -> list[EditedRow]:
    """Return the rows to write; none if one is refused and all are wanted or none."""
    if not only_sound and any(row.refused for row in rows):
        return []
    return [row for row in rows if row.touched and not row.refused]


def _refuse_late(session: AnySession, model: type[Entity], rows: Sequence[EditedRow]) -> None:
    """Refuse rows that were saved by others, or whose parent was closed, since the judgement."""
    sound = _wanted(rows, only_sound=True)
    stored = {row.edit.key: row for row in sound if row.edit.key is not None}
    try:
        # Parents are locked before the rows themselves, as single saves do it: in one order, two
        # acts never wait for each other.
        record.hold_above(session, [row.item for row in sound])
    except AppError as refusal:
        _refuse(session, dict.fromkeys(map(id, sound), refusal), sound)
        return
    now = prefetch.versions_of(session, model, stored, hold=True)
    late = [key for key, row in stored.items() if now.get(key) != row.version]
    last = history.last_events(session, model, late) if late else {}
    refusals = {id(stored[key]): Stale(who_was_faster(last.get(key))) for key in late}
    _refuse(session, refusals, sound)


def _refuse(session: AnySession, why: Mapping[int, AppError], rows: Sequence[EditedRow]) -> None:
    for row in rows:
        if id(row) in why:
            row.refuse(why[id(row)])
            judging.leave(session, row.item)


def _open(session: AnySession) -> None:
    """Take SQLite's write lock with an update of no row, so that later reads stay true."""
    session.execute(update(NumberCounter).where(false()).values(last=0))
