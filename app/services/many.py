"""What would become of many rows of one table, and do it: one transaction, one operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import false, inspect, update

from app.errors import AppError, NotFound, NotPermitted, Problem, RulesBroken, Stale, WrongState
from app.models import Entity, NumberCounter
from app.models.field import describe
from app.roles import Actor
from app.scope import AnySession
from app.services import history, operations, prefetch, preparation, record
from app.services.reading import reading

Status = Literal["new", "changed", "unchanged", "refused"]
Changes = dict[str, tuple[Any, Any]]

MISSING = "没有这条记录，或不在您的管辖范围内"
TWICE = "同一条记录在本次提交里出现了两次，请只保留一行"


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


def judge(
    session: AnySession, actor: Actor, model: type[Entity], edits: Sequence[RowEdit]
) -> list[RowResult]:
    """What ``write`` would do with each row; the same code, taken back at its end."""
    with session.no_autoflush:
        _open(session)
        attempt = session.begin_nested()
        try:
            return _attempt(session, actor, model, edits)
        finally:
            if attempt.is_active:
                attempt.rollback()


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
    done = put(session, actor, model, edits, source=source, only_sound=only_sound)
    session.commit()
    return done


def put(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    edits: Sequence[RowEdit],
    *,
    source: str,
    only_sound: bool = False,
) -> Written:
    """``write`` without the commit, for acts that keep more in the same transaction."""
    with operations.operation(session, actor, model, source) as begun:
        results = apply(session, actor, model, edits, only_sound=only_sound)
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
) -> list[RowResult]:
    """``put`` inside an operation that has begun already."""
    with session.no_autoflush:
        _open(session)
        return _settle(session, actor, model, edits, only_sound=only_sound)


def _settle(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    edits: Sequence[RowEdit],
    *,
    only_sound: bool,
) -> list[RowResult]:
    attempt = session.begin_nested()
    results = _attempt(session, actor, model, edits)
    sound = [one.edit for one in results if one.written]
    if len(sound) == len(results) or not any(one.status == "refused" for one in results):
        return results
    if attempt.is_active:
        attempt.rollback()
    if not (only_sound and sound):
        return results
    # Once more without the refused: they have taken numbers, and places of others.
    again = iter(_settle(session, actor, model, sound, only_sound=True))
    return [next(again) if one.written else one for one in results]


def _open(session: AnySession) -> None:
    """Begin the transaction: on SQLite a savepoint that comes first would be all there is of it."""
    session.execute(update(NumberCounter).where(false()).values(last=0))


@dataclass
class _Row:
    """One row on its way: its edit, the row itself and what has been found out about it."""

    edit: RowEdit
    item: Any = None
    title: str = ""
    changes: Changes = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    refused: bool = False

    def settle(self, before: Mapping[str, Any], warnings: Sequence[Problem]) -> None:
        """Take down what was written: also values that followed from those given."""
        self.problems = tuple(replace(one, row=self.edit.row) for one in warnings)
        self.title = self.title or str(self.item)
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
        return RowResult(self.edit, self.title, status, self.changes, self.problems, key)


def problems_in(refusal: AppError) -> Sequence[Problem]:
    """A refusal as problems of its row."""
    if isinstance(refusal, RulesBroken):
        return refusal.problems
    code = next((name for kind, name in _CODES.items() if isinstance(refusal, kind)), "refused")
    return [Problem(code, refusal.message)]


_CODES: dict[type[AppError], str] = {
    NotFound: "not_found",
    NotPermitted: "not_permitted",
    WrongState: "wrong_state",
    Stale: "stale",
}


def _attempt(
    session: AnySession, actor: Actor, model: type[Entity], edits: Sequence[RowEdit]
) -> list[RowResult]:
    with reading(session):
        rows = [_Row(edit) for edit in edits]
        held = _find(session, model, rows)
        before = {row.item: _columns(row.item) for row in rows if not row.refused}
        versions = {row.item: row.item.version for row in rows if not row.refused}
        touched = [row for row in rows if not row.refused and _take_over(row)]
        try:
            kept = record.keep(session, actor, [row.item for row in touched])
        except AppError as refusal:  # somebody else wrote in the same moment: nothing is left
            kept = _faster(session, model, touched, versions, refusal)
        for row in touched:
            refused = kept.refused.get(row.item)
            if refused is not None:
                row.refuse(refused)
            elif row.item in kept.warned:
                row.settle(before[row.item], kept.warned[row.item])
        held.clear()
        return [row.result() for row in rows]


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
            row.refuse(RulesBroken([Problem("row_twice", TWICE)]))
        else:
            row.item = found[key]
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
    return sorted((edited & many) | set(preparation.READS.get(model, ())))


def _saved_since(
    session: AnySession, model: type[Entity], rows: Sequence[_Row], found: Mapping[int, Any]
) -> dict[int, str]:
    """Who saved which of the rows after its values were shown, in words."""
    shown = {one.edit.key: one.edit.version for one in rows if one.edit.version is not None}
    late = [key for key, row in found.items() if shown.get(key, row.version) != row.version]
    last = history.last_events(session, model, late) if late else {}
    return {key: _who_was_faster(last.get(key)) for key in late}


def _faster(
    session: AnySession,
    model: type[Entity],
    rows: Sequence[_Row],
    versions: Mapping[Any, int],
    refusal: AppError,
) -> record.Kept:
    """Which rows somebody else saved between their reading and their writing, and who it was.

    The others have nothing against them, but were not written either. Where no row is newer,
    something else collided: then each row bears the refusal.
    """
    found: dict[Entity, AppError] = {}
    if isinstance(refusal, Stale):
        stored = {row.edit.key: row for row in rows if row.edit.key is not None}
        now = prefetch.versions_of(session, model, stored)
        late = [key for key, row in stored.items() if now.get(key) != versions[row.item]]
        last = history.last_events(session, model, late) if late else {}
        found = {stored[key].item: Stale(_who_was_faster(last.get(key))) for key in late}
    return record.Kept(found or dict.fromkeys([row.item for row in rows], refusal), {})


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
