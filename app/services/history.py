"""What has happened to a record? Its steps and its changes on one time line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, inspect, select

from app.models import Change, Entity, Step
from app.models.field import Field, describe
from app.rules.masking import mask_identity, mask_phone
from app.scope import AnySession
from app.services import vocabulary
from app.services.act import steps_of
from app.workflow.tables import state_label, table_of

KINDS = {"add": "新增", "edit": "修改", "delete": "删除", "export": "导出", "import": "导入"}


@dataclass(frozen=True)
class FieldChange:
    """One field's change in readable words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One entry of the time line: a step of the procedure or a change of fields."""

    at: datetime
    who: str
    text: str
    note: str = ""
    kind: str = "grey"
    changes: tuple[FieldChange, ...] = ()


def timeline(session: AnySession, record: Entity, limit: int = 100) -> list[Event]:
    """The latest events of a record that the actor sees, newest first; a few statements."""
    steps = [step for step in steps_of(session, record) if step.move != "create"]
    # Of one moment the step comes first, then what followed from it.
    events = [_of_step(record, step) for step in steps]
    events.extend(reversed(_of_changes(session, record, limit)))
    return sorted(events, key=lambda event: event.at)[::-1][:limit]


def last_events(session: AnySession, model: type[Entity], keys: Sequence[int]) -> dict[int, Event]:
    """The latest change of each of these rows; a few statements, however many rows."""
    latest = (
        select(func.max(Change.id))
        .where(Change.entity == model.__name__, Change.record_id.in_(keys))
        .group_by(Change.record_id)
    )
    rows = session.scalars(select(Change).where(Change.id.in_(latest))).all()
    lists = vocabulary.code_lists(session) if rows else {}
    names = _related_names(session, model, rows)
    return {
        row.record_id: Event(
            row.at,
            row.actor_name,
            KINDS.get(row.kind, row.kind),
            changes=tuple(_readable(model, row, lists, names)) if row.kind == "edit" else (),
        )
        for row in rows
    }


def _of_step(record: Entity, step: Step) -> Event:
    name = type(record).__name__
    table = table_of(name)
    if table is None:
        return Event(step.at, step.actor_name, step.move, step.note)
    target = state_label(name, step.target)
    text = table.move(step.move).label
    if step.source != step.target:
        text = f"{text}：{state_label(name, step.source)} → {target}"
    return Event(step.at, step.actor_name, text, step.note, table.state(step.target).colour)


def _of_changes(session: AnySession, record: Entity, limit: int) -> list[Event]:
    rows = session.scalars(
        select(Change)
        .where(Change.entity == type(record).__name__, Change.record_id == record.id)
        .order_by(Change.id.desc())
        .limit(limit)
    ).all()
    lists = vocabulary.code_lists(session) if rows else {}
    names = _related_names(session, type(record), rows)
    events = []
    for row in rows:
        changes = tuple(_readable(type(record), row, lists, names))
        if row.kind == "add":
            events.append(Event(row.at, row.actor_name, KINDS["add"]))
        elif changes or row.kind != "edit":
            text = KINDS.get(row.kind, row.kind)
            events.append(Event(row.at, row.actor_name, text, changes=changes))
    return events


def _key_fields(model: type[Entity]) -> dict[str, Field]:
    """Foreign key column → the relation's declaration."""
    return {
        f"{field.name}_id": field
        for field in describe(model).fields
        if field.relation and f"{field.name}_id" in inspect(model).columns
    }


def _related_names(
    session: AnySession, model: type[Entity], rows: Sequence[Change]
) -> dict[tuple[str, int], str]:
    """The titles of all rows that the changes refer to: one statement per related table."""
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
    row: Change,
    lists: dict[str, tuple[vocabulary.CodeName, ...]],
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


def _text(field: Field, value: Any, lists: dict[str, tuple[vocabulary.CodeName, ...]]) -> str:
    if value in (None, ""):
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.sensitive == "id_number":
        return mask_identity(str(value))
    if field.sensitive == "phone":
        return mask_phone(str(value))
    if field.codes:
        return vocabulary.code_name(str(value), lists.get(field.codes, ()))
    return dict(field.choices).get(str(value), str(value)) if field.choices else str(value)
