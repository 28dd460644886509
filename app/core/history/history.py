"""What has happened to a record, in moves and changes on one time line?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import inspect, select

from app.core.declarations.base import Entity
from app.core.declarations.behaviour import find_procedure, state_label
from app.core.declarations.field import Field, describe
from app.core.history import operations, trail
from app.core.history.operations import Named
from app.core.masking import mask_identity, mask_phone
from app.core.records.code_lists import CodeName, code_lists, code_name
from app.core.scope import AnySession
from app.core.tables import Step
from app.core.tables.packed import Line
from app.core.workflow.moves import steps_of

KINDS = {
    "add": "新增",
    "edit": "修改",
    "delete": "删除",
    "restore": "恢复",
    "export": "导出",
    "import": "导入",
    "login": "登录",
    "denied": "登录失败",
}
COLOURS = {"add": "green", "delete": "red", "restore": "teal"}

#: The prefix of operations of a move, which the time line shows as an entry of its own.
STEP = "step:"
#: A move and the changes that follow from it are written within this time.
MOMENT = timedelta(minutes=2)


@dataclass(frozen=True)
class FieldChange:
    """One field's change, worded for readers."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One entry of the time line: a move of the procedure or a change of fields.

    ``operation`` is the bulk operation that it was part of, if any.
    """

    at: datetime
    who: str
    text: str
    note: str = ""
    kind: str = "grey"
    changes: tuple[FieldChange, ...] = ()
    operation: Named | None = None


def timeline(session: AnySession, record: Entity, limit: int = 100) -> list[Event]:
    """Return the latest ``limit`` events of a record that the actor sees, newest first.

    The fields that a move has set, such as its date, are part of the move's entry.
    """
    steps = [step for step in steps_of(session, record) if step.move != "create"]
    lines = trail.newest_of(session, type(record).__name__, record.id, limit)
    reader = EventReader(session, type(record), lines)
    folded, own = _folded(steps, lines)
    # At equal times a move counts as earlier than what followed from it: the sort is stable.
    events = [
        replace(_of_step(record, step), changes=tuple(reader.of(line)))
        for step, line in zip(steps, folded, strict=True)
    ]
    for line in reversed(own):
        changes = reader.of(line)
        if changes or line.kind != "edit":
            events.append(reader.event(line, changes))
    return sorted(events, key=lambda event: event.at)[::-1][:limit]


def _folded(steps: Sequence[Step], lines: Sequence[Line]) -> tuple[list[Line | None], list[Line]]:
    """Return for each move the line of what it set, and the remaining lines."""
    folded: list[Line | None] = [None] * len(steps)
    own = []
    for line in lines:
        places = [
            place
            for place, step in enumerate(steps)
            if folded[place] is None
            and line.kind == "edit"
            and line.operation.startswith(STEP)
            and step.actor_id == line.actor_id
            and abs(line.at - step.at) <= MOMENT
        ]
        if places:
            folded[min(places, key=lambda place: _apart(steps[place], line))] = line
        else:
            own.append(line)
    return folded, own


def _apart(step: Step, line: Line) -> tuple[bool, timedelta]:
    named = line.operation.split(":")[1] == step.move
    return (not named, abs(line.at - step.at))


class EventReader:
    """Words lines of one table's history; names are read once for all lines."""

    def __init__(self, session: AnySession, model: type[Entity], lines: Sequence[Line]) -> None:
        self._model = model
        self._lists = code_lists(session) if lines else {}
        self._names = _related_names(session, model, lines)
        self._operations = operations.named(session, [one.operation for one in lines])

    def of(self, line: Line | None) -> list[FieldChange]:
        """Return what the line changed; nothing for a new row, whose page shows its values."""
        if line is None or line.kind in ("add", "restore"):
            return []
        return _readable(self._model, line, self._lists, self._names)

    def operation(self, line: Line) -> Named | None:
        """Return the bulk operation that the line was part of, if any."""
        return self._operations.get(line.operation)

    def event(self, line: Line, changes: Sequence[FieldChange]) -> Event:
        """Return the line as an entry of a time line."""
        text, colour = KINDS.get(line.kind, line.kind), COLOURS.get(line.kind, "grey")
        operation = self.operation(line)
        return Event(line.at, line.actor_name, text, "", colour, tuple(changes), operation)


def last_events(session: AnySession, model: type[Entity], keys: Sequence[int]) -> dict[int, Event]:
    """Return the latest change of each of these rows, in a fixed number of statements."""
    last = trail.last_of(session, model.__name__, keys)
    reader = EventReader(session, model, list(last.values()))
    return {key: reader.event(line, reader.of(line)) for key, line in last.items()}


def _of_step(record: Entity, step: Step) -> Event:
    name = type(record).__name__
    procedure = find_procedure(name)
    if procedure is None:
        return Event(step.at, step.actor_name, step.move, step.note)
    target = state_label(name, step.target)
    text = procedure.move(step.move).label
    if step.source != step.target:
        text = f"{text}：{state_label(name, step.source)} → {target}"
    return Event(step.at, step.actor_name, text, step.note, procedure.state(step.target).colour)


def _key_fields(model: type[Entity]) -> dict[str, Field]:
    """Return the relation's field behind each foreign key column."""
    return {
        f"{field.name}_id": field
        for field in describe(model).fields
        if field.relation and f"{field.name}_id" in inspect(model).columns
    }


def _related_names(
    session: AnySession, model: type[Entity], rows: Sequence[Line]
) -> dict[tuple[str, int], str]:
    """Return the titles of all rows that the changes refer to; one statement per relation."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        for name, (before, after) in row.fields.items():
            if name in _key_fields(model):
                wanted.setdefault(name, set()).update(
                    value for value in (before, after) if isinstance(value, int)
                )
    found: dict[tuple[str, int], str] = {}
    for name, ids in wanted.items():
        relation = inspect(model).relationships[name.removesuffix("_id")]
        target = relation.mapper.class_
        for one in session.scalars(select(target).where(target.id.in_(ids))):
            found[name, one.id] = str(one)
    return found


def _readable(
    model: type[Entity],
    row: Line,
    lists: dict[str, tuple[CodeName, ...]],
    names: dict[tuple[str, int], str],
) -> list[FieldChange]:
    keys = _key_fields(model)
    declared = {field.name: field for field in describe(model).fields}
    found = []
    for name, (before, after) in row.fields.items():
        field = keys.get(name) or declared.get(name)
        if field is None or name == "state":
            continue
        shown = [
            names.get((name, value), "—") if name in keys and value else _text(field, value, lists)
            for value in (before, after)
        ]
        found.append(FieldChange(field.label, *shown))
    return found


#: A timestamp in its stored form, which is shown only to the minute.
_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d(\.\d+)?)?$")


def _text(field: Field, value: Any, lists: dict[str, tuple[CodeName, ...]]) -> str:
    if value in (None, ""):
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.sensitive == "id_number":
        return mask_identity(str(value))
    if field.sensitive == "phone":
        return mask_phone(str(value))
    if field.codes:
        return code_name(str(value), lists.get(field.codes, ()))
    if field.choices:
        return dict(field.choices).get(str(value), str(value))
    return _MOMENT.sub(r"\1 \2", str(value))
