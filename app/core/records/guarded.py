"""Which fields of a row may this person not set or change, and was one changed nevertheless?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, inspect

from app.core.declarations.base import Entity
from app.core.declarations.behaviour import procedure_of
from app.core.declarations.field import Field, describe
from app.core.errors import Problem, RulesBroken
from app.core.records import editable, prefetch
from app.core.records.sheet_columns import entered_fields
from app.core.refusals.records import (
    FIELD_BY_OTHERS,
    FIELD_FIXED,
    FIELD_NOT_OPEN,
    PARENT_CHANGED,
)
from app.core.roles import AREAS, TITLES, Actor, may_delete
from app.core.scope import AnySession


@lru_cache(maxsize=256)
def fields_of(model: Any) -> tuple[Field, ...]:
    """Return the fields that not everyone may set, or not at any time."""
    return tuple(one for one in describe(model).fields if one.fixed or one.open_in or one.by)


def columns_of(model: Any) -> list[Column[Any]]:
    """Return the columns of the guarded fields, without the keys of links."""
    return [inspect(model).columns[one.name] for one in fields_of(model) if not one.relation]


def closed(actor: Actor, model: Any, item: Any = None) -> dict[str, Problem]:
    """Return why each field that the actor may not set or change is closed, by its name.

    Without ``item``, or if it is new, only the role counts.
    """
    stored = item if item is not None and prefetch.is_stored(item) else None
    found = {}
    for field in fields_of(model):
        problem = _closed_to(actor, field)
        if problem is None and stored is not None:
            problem = _closed_now(actor, stored, field)
        if problem is not None:
            found[field.name] = problem
    return found


def notes_on(model: Any, field: Field) -> list[str]:
    """Return what a reader of the field's declaration must know about these limits, in Chinese."""
    found = ["新增后不能修改"] if field.fixed else []
    if field.open_in:
        found.append(f"新增后只能在“{_states(model, field)}”时修改")
    if field.by:
        found.append(f"只由{_titles(field.by)}填写")
    return found


def why_no_edit(session: AnySession, actor: Actor, item: Entity) -> str:
    """Return why there is nothing for this person to change in the row now, in Chinese, or ""."""
    return editable.may_edit(session, actor, item) or _nothing_left(actor, item)


def _nothing_left(actor: Actor, item: Entity) -> str:
    model: Any = type(item)
    shut = closed(actor, model, item)
    if not shut or any(one.name not in shut for one in entered_fields(model)):
        return ""
    others = [one.message for one in shut.values() if one.code == FIELD_BY_OTHERS.code]
    return "；".join([f"{describe(model).label}登记后，各项内容不再由您修改", *others[:1]])


def check_new(actor: Actor, item: Entity) -> None:
    """Raise RulesBroken if a new row has a value in a field that is for others to fill in."""
    described, shut = describe(type(item)), closed(actor, type(item))
    _refuse(one for name, one in shut.items() if _is_set(item, described.field(name)))


def check_stored(actor: Actor, item: Entity, stored: Mapping[str, Any]) -> None:
    """Raise RulesBroken if a field that is closed to the actor differs from its stored value."""
    described, shut = describe(type(item)), closed(actor, type(item), item)
    _refuse(one for name, one in shut.items() if _differs(item, described.field(name), stored))


def _refuse(problems: Iterable[Problem]) -> None:
    if broken := list(problems):
        raise RulesBroken(broken)


def _closed_to(actor: Actor, field: Field) -> Problem | None:
    if not field.by or actor.has(*field.by):
        return None
    return FIELD_BY_OTHERS.of(field=field.name, label=field.label, who=_titles(field.by))


def _closed_now(actor: Actor, item: Any, field: Field) -> Problem | None:
    if field.fixed and field.relation:
        return PARENT_CHANGED.of(field=field.name, label=field.label)
    if field.fixed:
        remedy = _put_right_by(actor, item)
        return FIELD_FIXED.of(field=field.name, label=field.label, remedy=remedy)
    if not field.open_in or item.state in field.open_in:
        return None
    here = procedure_of(type(item).__name__).state(item.state)
    return FIELD_NOT_OPEN.of(
        field=field.name,
        label=field.label,
        states=_states(type(item), field),
        here=here.label,
        remedy=f"；{here.remedy}" if here.remedy else "",
    )


def _put_right_by(actor: Actor, item: Entity) -> str:
    if may_delete(actor, item.__area__):
        return "；登记错了的，请删除后重新登记"
    who = _titles(AREAS[item.__area__].delete)
    return f"；登记错了的，请由{who}删除后重新登记" if who else ""


def _states(model: Any, field: Field) -> str:
    procedure = procedure_of(model.__name__)
    return "、".join(procedure.state(name).label for name in field.open_in)


def _titles(roles: Collection[str]) -> str:
    return "、".join(title for role, title in TITLES.items() if role in roles)


def _is_set(item: Any, field: Field) -> bool:
    if field.relation:
        return _key_now(item, field) is not None
    value = getattr(item, field.name)
    default = getattr(inspect(type(item)).columns[field.name].default, "arg", None)
    return value not in (None, "") and value != default


def _differs(item: Any, field: Field, stored: Mapping[str, Any]) -> bool:
    if field.relation:
        return bool(_key_now(item, field) != stored[_key_of(item, field.name)])
    before, now = stored[field.name], getattr(item, field.name)
    return bool((None if before == "" else before) != (None if now == "" else now))


def _key_now(item: Any, field: Field) -> Any:
    """Return the key of the linked row; a row out of scope reads as None but keeps its key."""
    state: Any = inspect(item)
    if field.name in state.committed_state:
        row = state.dict.get(field.name)
        return None if row is None else row.id
    return getattr(item, _key_of(item, field.name))


def _key_of(item: Entity, name: str) -> str:
    model: Any = type(item)
    return {one.key: key for one, key in prefetch.many_to_one(model)}[name]
