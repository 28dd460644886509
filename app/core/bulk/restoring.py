"""May a deleted record come back as it was, and with what?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, inspect, select

from app.core import audit
from app.core.audit import KEYS
from app.core.declarations.base import Entity, entities, entity_named
from app.core.declarations.field import describe
from app.core.errors import NotFound, NotPermitted, Problem, RulesBroken
from app.core.history import earlier_values, operations, trail
from app.core.records import duplicates, editable, prefetch, record
from app.core.records.completeness import completeness_problems
from app.core.refusals.changes import PARENT_GONE, WRONG_STATE
from app.core.refusals.records import CONFLICT
from app.core.roles import Actor, Power, titles_with
from app.core.scope import AnySession
from app.core.tables import Change, Remains
from app.core.tables.packed import Line
from app.core.transaction import explained, transaction

Key = tuple[type[Entity], int]


def may_restore(session: AnySession, actor: Actor, line: Line | Change) -> str:
    """Return why the actor may not restore what this line deleted, in Chinese; empty if allowed."""
    if line.kind != "delete" or line.entity not in {one.__name__ for one in entities()}:
        return "这不是一条删除记录"
    if not actor.can(Power.RESTORE):
        return f"恢复已删除的记录由{titles_with(Power.RESTORE)}办理"
    model = entity_named(line.entity)
    there = select(model.id).where(model.id == line.record_id)
    # A key is in use even if the actor cannot see the row that has it.
    if session.scalar(there.execution_options(unscoped=True)) is not None:
        return "这条记录已经恢复"
    # An older deletion would bring back the record without the changes made after it.
    newer = select(Change.id).where(
        Change.entity == line.entity,
        Change.record_id == line.record_id,
        Change.kind == "delete",
        Change.id > line.id,
    )
    if session.scalar(newer.limit(1)) is not None:
        return "这条记录后来恢复过，改动后又被删除；请在最近一次的删除记录上恢复"
    return ""


def restore(session: AnySession, actor: Actor, line: Line | Change) -> Entity:
    """Restore the record that ``line`` deleted and what was deleted along with it.

    It gets its former key and its many-to-many relations back. Raises NotPermitted, NotFound,
    or RulesBroken if a unique value is now taken, a parent is gone or its batch is closed.
    """
    why = may_restore(session, actor, line)
    if why:
        raise (NotFound if actor.can(Power.RESTORE) else NotPermitted)(why)
    try:
        return _restore(session, actor, line)
    except RulesBroken as refusal:
        # If two people restore at once, the second should read that, not a database conflict.
        if why := may_restore(session, actor, line):
            raise NotFound(why) from refusal
        raise


def _restore(session: AnySession, actor: Actor, line: Line | Change) -> Entity:
    model = entity_named(line.entity)
    with (
        transaction(session, actor),
        operations.operation(session, actor, model, f"restore:{line.title}") as begun,
    ):
        back = put_back(session, [line, *_deleted_along(session, line)])
        begun.count = len(back)
    return back[0]


def _deleted_along(session: AnySession, line: Line | Change) -> list[Line | Change]:
    """Return the lines of rows that hung on this one and went in the same operation."""
    if not line.operation:
        return []
    gone = trail.of_operation(session, line.operation, ("delete",))
    others = [one for one in gone if one.id != line.id]
    found: list[Line | Change] = [line]
    going = [line]
    while going:
        one = going.pop()
        hanging = [other for other in others if other not in found and _hangs_on(other, one)]
        found.extend(hanging)
        going.extend(hanging)
    return found[1:]


def _hangs_on(line: Line | Change, parent: Line | Change) -> bool:
    model: Any = entity_named(line.entity)
    return any(
        relation.mapper.class_.__name__ == parent.entity
        and line.fields.get(key, [None])[0] == parent.record_id
        for relation, key in prefetch.many_to_one(model)
    )


def put_back(session: AnySession, lines: Sequence[Line | Change]) -> list[Entity]:
    """Recreate and flush the rows that these lines deleted, as they were.

    Raises RulesBroken with every obstacle at once.
    """
    made = {(entity_named(one.entity), one.record_id): _columns_back(one) for one in lines}
    by_model: dict[type[Entity], list[Line | Change]] = {}
    for line in lines:
        by_model.setdefault(entity_named(line.entity), []).append(line)
    problems: list[Problem] = []
    with session.no_autoflush:
        for model, some in by_model.items():
            problems.extend(_relations_back(session, model, some, made))
            _files_back(session, model, [made[model, one.record_id] for one in some])
        for item in made.values():
            reason = editable.frozen_reason(item)
            problems.extend([WRONG_STATE.saying(reason)] if reason else [])
            problems.extend(completeness_problems(item))
        for model in by_model:
            same = [item for (kind, _), item in made.items() if kind is model]
            problems.extend(duplicates.taken(session, same).values())
    if problems:
        raise RulesBroken(dict.fromkeys(problems))
    record.hold_above(session, list(made.values()))
    _add(session, list(made.values()))
    return list(made.values())


def _columns_back(line: Line | Change) -> Entity:
    model = entity_named(line.entity)
    item = model(id=line.record_id)
    for name, (before, _) in line.fields.items():
        if name in inspect(model).columns:
            setattr(item, name, earlier_values.typed(model, name, before))
    return item


def _relations_back(
    session: AnySession,
    model: type[Entity],
    lines: Sequence[Line | Change],
    made: dict[Key, Entity],
) -> list[Problem]:
    """Link the rows to their former parents, restored along or still stored.

    Returns a problem for each parent that is gone.
    """
    earlier = [{name: before for name, (before, _) in one.fields.items()} for one in lines]
    related = earlier_values.Related(session, model, earlier)
    named: Any = model
    found: list[Problem] = []
    for line, values in zip(lines, earlier, strict=True):
        item = made[model, line.record_id]
        for relation, key in prefetch.many_to_one(named):
            if values.get(key) is None:
                continue
            parent = made.get((relation.mapper.class_, values[key]))
            try:
                setattr(item, relation.key, parent or related.row(relation.key, values[key]))
            except LookupError:
                found.append(_gone(line, model, relation.key))
        for name in earlier_values.lists_of(model):
            try:
                rows = [related.row(name, one) for one in values.get(f"{name}{KEYS}") or ()]
                setattr(item, name, rows)
            except LookupError:
                found.append(_gone(line, model, name))
    return found


def _gone(line: Line | Change, model: type[Entity], name: str) -> Problem:
    labels = {field.name: field.label for field in describe(model).fields}
    label = labels.get(name, describe(model).label)
    return PARENT_GONE.of(field=name, title=line.title, label=label, what=describe(model).label)


def _files_back(session: AnySession, model: type[Entity], items: Iterable[Entity]) -> None:
    """Give the rows back their file contents, which were set aside when they were deleted."""
    by_key = {item.id: item for item in items}
    if not any(one.deferred for one in inspect(model).column_attrs):
        return
    kept = (Remains.entity == model.__name__, Remains.record_id.in_(by_key))
    rows = select(Remains.record_id, Remains.column, Remains.content).where(*kept)
    for key, name, content in session.execute(rows.order_by(Remains.id)):
        setattr(by_key[key], name, content)
    session.execute(delete(Remains).where(*kept))


def _add(session: AnySession, items: Sequence[Entity]) -> None:
    message = "没有恢复：所需的资料不全，或相关记录刚刚被别人改过，请刷新后再试"
    conflict = RulesBroken([CONFLICT.saying(message)])
    with explained(session, lambda: conflict), audit.restoring(session):
        session.add_all(items)
        session.flush()
