"""How are many rows of one table written? In one transaction, as one operation."""

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
    """What an act wants to know between judging and writing."""

    def judged(self, results: list[RowResult]) -> None:
        """Told of every row while others may still write."""

    def about_to_write(self) -> None:
        """Asked when nobody else writes; raises where what was judged no longer holds."""


def judge(
    session: AnySession, actor: Actor, model: type[Entity], edits: Sequence[RowEdit]
) -> list[RowResult]:
    """What ``write`` would do with each row: the same judgement, and nothing is written.

    No lock is taken, not even for a moment: others write meanwhile.
    """
    with session.no_autoflush:
        before = set(session.new)
        try:
            return [row.result() for row in judge_rows(session, actor, model, edits)]
        finally:
            _forget(session, before)


def _forget(session: AnySession, before: Collection[Any]) -> None:
    """Let the session know its rows as they are stored, and no new ones but those of before."""
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
    """Write the rows in one transaction, as one operation of the history called after ``source``.

    With a refused row nothing is written, unless ``only_sound``: then all the others are.
    ``source`` is a word of ``operations.TITLES``, as in ``bulk`` or ``import:名册.xlsx``.
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
    """What ``write`` does, for acts that keep more in the same transaction.

    Rows are judged while others may write; ``look`` is told of it and asked again before writing.
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
    """``put`` inside an operation that has begun already.

    Raises RulesBroken when somebody else took a unique value in the same moment: then nothing of
    the transaction is left.
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
    """The rows to be written: none where one is refused and the others do not go without it."""
    if not only_sound and any(row.refused for row in rows):
        return []
    return [row for row in rows if row.touched and not row.refused]


def _refuse_late(session: AnySession, model: type[Entity], rows: Sequence[EditedRow]) -> None:
    """Refuse what somebody else saved, or whose batch was sent on, after it was judged."""
    sound = _wanted(rows, only_sound=True)
    stored = {row.edit.key: row for row in sound if row.edit.key is not None}
    try:
        record.hold_above(session, [row.item for row in sound])
    except AppError as refusal:
        _refuse(session, dict.fromkeys(map(id, sound), refusal), sound)
        return
    now = prefetch.versions_of(session, model, stored, hold=True)
    late = [key for key, row in stored.items() if now.get(key) != row.version]
    last = history.last_events(session, model, late) if late else {}
    told = {id(stored[key]): Stale(who_was_faster(last.get(key))) for key in late}
    _refuse(session, told, sound)


def _refuse(session: AnySession, why: Mapping[int, AppError], rows: Sequence[EditedRow]) -> None:
    for row in rows:
        if id(row) in why:
            row.refuse(why[id(row)])
            judging.leave(session, row.item)


def _open(session: AnySession) -> None:
    """Begin to write: what is asked from here on nobody else of SQLite changes any more."""
    session.execute(update(NumberCounter).where(false()).values(last=0))
