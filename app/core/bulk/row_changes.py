"""What would become of many rows of one table, and do it: one transaction, one operation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal, Protocol

from sqlalchemy import false, inspect, update

from app.core.declarations.base import Entity
from app.core.declarations.behaviour import behaviour_of
from app.core.declarations.field import describe
from app.core.errors import (
    AppError,
    NotFound,
    NotPermitted,
    Problem,
    RulesBroken,
    Stale,
    WrongState,
)
from app.core.history import history, operations
from app.core.records import prefetch, record
from app.core.records.read_once import reading
from app.core.refusals.changes import (
    NOT_FOUND,
    NOT_PERMITTED,
    REFUSED,
    ROW_TWICE,
    STALE,
    WRONG_STATE,
)
from app.core.refusals.refusal import Refusal
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import NumberCounter
from app.core.transaction import transaction

Status = Literal["new", "changed", "unchanged", "refused"]
Changes = dict[str, tuple[Any, Any]]

MISSING = "没有这条记录，或不在您的管辖范围内"


@dataclass(frozen=True)
class RowEdit:
    """Values for one row: field name → typed value, a row for a relation, None for nothing.

    ``key`` None is a new row. ``version`` is that of the row when its values were shown: a row that
    somebody saved since is refused. ``row`` is the number in the user's sheet.
    """

    key: int | None
    values: Mapping[str, Any]
    version: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class RowResult:
    """What becomes of one row; ``changes`` maps field name to (before, after) as typed values.

    ``changes`` names what follows by itself too, such as the outcome of a mark. ``problems`` of a
    row that is not refused are warnings. ``key`` is that of a new row once it is written.
    """

    edit: RowEdit
    title: str
    status: Status
    changes: Mapping[str, tuple[Any, Any]]
    problems: tuple[Problem, ...]
    key: int | None

    @property
    def written(self) -> bool:
        """Whether the row is, or would be, written."""
        return self.status in ("new", "changed")


@dataclass(frozen=True)
class Written:
    """What was done: the operation's name in the history, empty when nothing was written."""

    operation: str
    results: list[RowResult]


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
            return [row.result() for row in _judged(session, actor, model, edits)]
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
        rows = _judged(session, actor, model, edits)
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


def _wanted(rows: Sequence[_Row], *, only_sound: bool) -> list[_Row]:
    """The rows to be written: none where one is refused and the others do not go without it."""
    if not only_sound and any(row.refused for row in rows):
        return []
    return [row for row in rows if row.touched and not row.refused]


def _refuse_late(session: AnySession, model: type[Entity], rows: Sequence[_Row]) -> None:
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
    told = {id(stored[key]): Stale(_who_was_faster(last.get(key))) for key in late}
    _refuse(session, told, sound)


def _refuse(session: AnySession, why: Mapping[int, AppError], rows: Sequence[_Row]) -> None:
    for row in rows:
        if id(row) in why:
            row.refuse(why[id(row)])
            record.leave(session, row.item)


def _open(session: AnySession) -> None:
    """Begin to write: what is asked from here on nobody else of SQLite changes any more."""
    session.execute(update(NumberCounter).where(false()).values(last=0))


@dataclass
class _Row:
    """One row on its way: its edit, the row itself and what has been found out about it."""

    edit: RowEdit
    item: Any = None
    title: str = ""
    changes: Changes = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    version: int | None = None
    touched: bool = False
    refused: bool = False

    def settle(self, before: Mapping[str, Any], warnings: Sequence[Problem]) -> None:
        """Take down what was written: also values that followed from those given."""
        self.problems = tuple(replace(one, row=self.edit.row) for one in warnings)
        if self.edit.key is not None:
            for name, after in _columns(self.item).items():
                if name not in self.changes and before[name] != after:
                    self.changes[name] = (before[name], after)

    def refuse(self, refusal: AppError) -> None:
        """Leave the row out, for this reason."""
        problems = problems_in(refusal)
        self.problems = tuple(replace(one, row=self.edit.row) for one in problems)
        self.refused = True

    def result(self) -> RowResult:
        """The row as the caller is told of it."""
        status: Status = "changed" if self.edit.key is not None else "new"
        if self.refused:
            status = "refused"
        elif self.edit.key is not None and not self.changes:
            status = "unchanged"
        key = self.item.id if status == "new" else self.edit.key
        # A new row's title may be the number that it gets when it is written.
        title = self.title or ("" if self.refused else str(self.item))
        return RowResult(self.edit, title, status, self.changes, self.problems, key)


def problems_in(refusal: AppError) -> Sequence[Problem]:
    """A refusal as problems of its row."""
    if isinstance(refusal, RulesBroken):
        return refusal.problems
    kinds = (one for kind, one in _REFUSALS.items() if isinstance(refusal, kind))
    return [next(kinds, REFUSED).saying(refusal.message)]


_REFUSALS: dict[type[AppError], Refusal] = {
    NotFound: NOT_FOUND,
    NotPermitted: NOT_PERMITTED,
    WrongState: WRONG_STATE,
    Stale: STALE,
}


def _judged(
    session: AnySession, actor: Actor, model: type[Entity], edits: Sequence[RowEdit]
) -> list[_Row]:
    """The rows with their new values and what is said of each; nothing is written."""
    with reading(session):
        rows = [_Row(edit) for edit in edits]
        held = _find(session, model, rows)
        before = {row.item: _columns(row.item) for row in rows if not row.refused}
        for row in rows:
            row.touched = not row.refused and _take_over(row)
        touched = [row for row in rows if row.touched]
        kept = record.judge(session, actor, [row.item for row in touched])
        for row in touched:
            refused = kept.refused.get(row.item)
            if refused is not None:
                row.refuse(refused)
            elif row.item in kept.warned:
                row.settle(before[row.item], kept.warned[row.item])
        held.clear()
        return rows


def _find(session: AnySession, model: type[Entity], rows: Sequence[_Row]) -> list[Any]:
    """Give each row its item with all that will be asked of it; what is held stays read."""
    found = prefetch.rows_of(session, model, [one.edit.key for one in rows if one.edit.key])
    newer = _saved_since(session, model, rows, found)
    met: set[int] = set()
    for row in rows:
        key = row.edit.key
        if key is None:
            row.item = model()
        elif key not in found:
            row.title = f"#{key}"
            row.refuse(NotFound(MISSING))
        elif key in newer:
            row.refuse(Stale(newer[key]))
        elif key in met:
            row.refuse(RulesBroken([ROW_TWICE.of()]))
        else:
            row.item, row.version = found[key], found[key].version
        met.add(key or 0)
    stored = [row.item for row in rows if row.item is not None and row.edit.key is not None]
    held = prefetch.read_relations(session, stored)
    prefetch.read_lists(session, stored, _lists(model, rows))
    for row in rows:
        if row.edit.key in found:
            row.title = str(found[row.edit.key])
    return [*held, *found.values()]


def _lists(model: type[Entity], rows: Sequence[_Row]) -> list[str]:
    """The relations to many rows that these edits fill in, or that saving looks at."""
    edited = {name for row in rows for name in row.edit.values}
    many = {one.key for one in inspect(model).relationships if one.uselist}
    return sorted((edited & many) | set(behaviour_of(model).reads))


def _saved_since(
    session: AnySession, model: type[Entity], rows: Sequence[_Row], found: Mapping[int, Any]
) -> dict[int, str]:
    """Who saved which of the rows after its values were shown, in words."""
    shown = {one.edit.key: one.edit.version for one in rows if one.edit.version is not None}
    late = [key for key, row in found.items() if shown.get(key, row.version) != row.version]
    last = history.last_events(session, model, late) if late else {}
    return {key: _who_was_faster(last.get(key)) for key in late}


def _who_was_faster(event: history.Event | None) -> str:
    if event is None:
        return "这条记录刚刚被别人办理或保存过，没有覆盖；请刷新后核对"
    told = "；".join(f"{one.label}由“{one.before}”改为“{one.after}”" for one in event.changes)
    detail = f"（{told}）" if told else ""
    return f"{event.who}于 {event.at:%Y-%m-%d %H:%M} 保存过这条记录{detail}，没有覆盖；请刷新后核对"


def _columns(item: Entity) -> dict[str, Any]:
    """The declared values of a row that stand in its own columns, as they are now."""
    have: Mapping[str, Any] = inspect(item).dict
    model: Any = type(item)
    return {name: have.get(name) for name in _own_names(model)}


@lru_cache(maxsize=256)
def _own_names(model: type[Any]) -> tuple[str, ...]:
    columns = inspect(model).columns
    return tuple(one.name for one in describe(model).fields if one.name in columns)


def _take_over(row: _Row) -> bool:
    """Put the values into the row; whether there is anything to write."""
    for name, value in row.edit.values.items():
        after = _storable(type(row.item), name, value)
        if row.edit.key is None:
            if after is not None:
                setattr(row.item, name, after)
                row.changes[name] = (None, after)
            continue
        before = getattr(row.item, name)
        if not _same(before, after):
            row.changes[name] = (list(before) if isinstance(before, list) else before, after)
            setattr(row.item, name, after)
    return row.edit.key is None or bool(row.changes)


def _storable(model: type[Entity], name: str, value: Any) -> Any:
    """The value as its column keeps it: nothing is the column's default where it keeps no NULL.

    Raises ValueError for a state, which only a step of the procedure changes.
    """
    if name == "state":
        raise ValueError(f"{model.__name__}.{name} changes by steps alone")
    column = inspect(model).columns.get(name)
    if value not in (None, "") or column is None:
        return value
    return None if column.nullable else getattr(column.default, "arg", value)


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, list):
        return {one.id for one in before} == {one.id for one in after or ()}
    return bool(before == after)
