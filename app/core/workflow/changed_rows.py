"""Which rows of a record, its own and those hanging on it, have changed since a moment?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import undefer

from app.core.declarations.base import Entity, entities
from app.core.declarations.links import Path, link_named, links_of, target_of
from app.core.declarations.opening import AlwaysOpen, OpenWhile, openings_of
from app.core.scope import AnySession
from app.core.tables import Change
from app.core.tables.packed import Line, lines_of, shelf_of

_AT_ONCE = 400

#: The kinds of lines that change a row; an export, for example, does not.
_CHANGING = ("add", "edit", "delete", "restore")


@dataclass(frozen=True)
class Since:
    """The moment from which changes count: after a line of history, or else after a time."""

    line: int | None
    at: datetime

    @property
    def clause(self) -> ColumnElement[bool]:
        """The condition on lines of history."""
        return Change.at > self.at if self.line is None else Change.id > self.line


@dataclass(frozen=True)
class ChangedRow:
    """What became of one row in all: its lines of history, oldest first."""

    model: type[Entity]
    record_id: int
    kind: Literal["add", "edit", "delete"]
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """The title of the row in its last line that has one."""
        return next((line.title for line in reversed(self.lines) if line.title), "")


def changed_rows(
    session: AnySession, record: Entity, states: Iterable[str], since: Since
) -> list[ChangedRow]:
    """Return the rows that differ from what they were; what was changed back does not.

    Rows hanging on the record count if they may be changed while it is in one of ``states``. What
    moves themselves set does not count. Takes a few statements for each such table.
    """
    gone: dict[type[Entity], list[int]] = {}
    found = _of_model(session, type(record), [record.id], since)
    for model, path in _hanging(type(record), frozenset(states)):
        present = session.scalars(select(_id(model)).where(_under(model, path, record.id))).all()
        gone[model] = _deleted(session, model, path, record.id, gone, since)
        found += _of_model(session, model, [*present, *gone[model]], since)
    return found


def _hanging(holder: type[Entity], states: frozenset[str]) -> list[tuple[type[Entity], Path]]:
    """Return the tables that hang on ``holder``, each with its path, nearest first."""
    found: list[tuple[type[Entity], Path]] = []
    for model in entities():
        for one in openings_of(model):
            if isinstance(one, OpenWhile) and states & set(one.states):
                if target_of(model, one.links) is holder:
                    found.append((model, one.links))
            elif isinstance(one, AlwaysOpen):
                found += [(model, path) for path in _required(model, holder)]
    return sorted(found, key=lambda one: (len(one[1]), one[0].__name__))


def _required(model: Any, holder: type[Entity]) -> list[Path]:
    return [(one.name,) for one in links_of(model) if one.required and one.target is holder]


def _id(model: Any) -> Any:
    return model.id


def _under(model: Any, path: Path, key: int) -> ColumnElement[bool]:
    """Return the condition for rows of ``model`` that hang on the record by ``path``."""
    link = link_named(model, path[0])
    column = getattr(model, link.key)
    if len(path) == 1:
        return column == key  # type: ignore[no-any-return]
    return column.in_(  # type: ignore[no-any-return]
        select(link.target.id).where(_under(link.target, path[1:], key))
    )


def _deleted(
    session: AnySession,
    model: type[Entity],
    path: Path,
    key: int,
    gone: dict[type[Entity], list[int]],
    since: Since,
) -> list[int]:
    """Return the keys of deleted rows; only their last line of history links them to the record."""
    lines = session.execute(
        select(Change.record_id, Change.fields).where(
            Change.entity == model.__name__, Change.kind == "delete", since.clause
        )
    ).all()
    if not lines:
        return []
    link = link_named(model, path[0])
    holders = {key}
    if len(path) > 1:
        above: Any = link.target
        rows = session.scalars(select(above.id).where(_under(above, path[1:], key)))
        holders = {*rows, *gone.get(above, ())}
    return [row for row, fields in lines if fields.get(link.key, [None])[0] in holders]


def _of_model(
    session: AnySession, model: type[Entity], keys: Sequence[int], since: Since
) -> list[ChangedRow]:
    lines: dict[int, list[Line]] = {}
    for line in _lines(session, model.__name__, list(dict.fromkeys(keys)), since):
        lines.setdefault(line.record_id, []).append(line)
    found = [_net(model, key, some) for key, some in lines.items()]
    return [one for one in found if one is not None]


def _lines(session: AnySession, entity: str, keys: list[int], since: Since) -> Iterator[Line]:
    asked = select(Change).options(undefer(Change.packed)).order_by(Change.id)
    asked = asked.where(
        Change.entity == entity,
        since.clause,
        Change.kind.in_(_CHANGING),
        Change.operation.not_like("step:%"),
    )
    for start in range(0, len(keys), _AT_ONCE):
        some = set(keys[start : start + _AT_ONCE])
        numbers = some | {shelf_of(key) for key in some}
        for row in session.scalars(asked.where(Change.record_id.in_(numbers))):
            yield from lines_of(row, some)


def _net(model: type[Entity], key: int, lines: list[Line]) -> ChangedRow | None:
    existed = lines[0].kind in ("edit", "delete")
    exists = lines[-1].kind != "delete"
    if existed and exists:
        values: dict[str, tuple[Any, Any]] = {}
        for line in lines:
            for name, (before, after) in line.fields.items():
                values[name] = (values.get(name, (before, None))[0], after)
        same = all(before == after for before, after in values.values())
        return None if same else ChangedRow(model, key, "edit", tuple(lines))
    if existed or exists:
        return ChangedRow(model, key, "add" if exists else "delete", tuple(lines))
    return None
