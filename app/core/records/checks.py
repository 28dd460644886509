"""Which rules must a single row meet, regardless of who saves it?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import get_history

from app.core.declarations.base import Entity
from app.core.declarations.behaviour import behaviour_of
from app.core.declarations.field import describe
from app.core.declarations.limits import FIRST_YEAR, LAST_YEAR, limit_problems
from app.core.declarations.links import Agreement, agreements, link_named
from app.core.errors import Problem
from app.core.records.changed import is_changed
from app.core.records.read_once import read_once
from app.core.refusals.records import CODE_RETIRED, CODE_UNKNOWN, PARENTS_APART, YEAR_UNREAL
from app.core.scope import AnySession
from app.core.tables import CodeItem, CodeKind


def problems_of(session: AnySession, item: Entity, later: Collection[str] = ()) -> list[Problem]:
    """Return every problem with the row's own values and with its relations.

    The general checks come first, then the table's own, then the declared limits of fields about
    which nothing was said yet. ``later`` names fields that are filled in only when the row is
    written.
    """
    unreal = _days(item)
    found = [*unreal, *_choices(session, item), *_apart(item)]
    check = behaviour_of(type(item)).check
    if _complete(item, later) and not unreal:
        if check is not None:
            found.extend(check(session, item))
        found.extend(limit_problems(item, {one.field for one in found}))
    return found


def _days(item: Entity) -> list[Problem]:
    """Return a problem for each date so far off that it must be a typing mistake."""
    return [
        YEAR_UNREAL.of(field=field.name, label=field.label)
        for field in describe(type(item)).fields
        if isinstance(value := getattr(item, field.name, None), date)
        and not FIRST_YEAR <= value.year <= LAST_YEAR
    ]


def _apart(item: Entity) -> list[Problem]:
    """Return a problem for each pair of parents, newly chosen, that do not belong together.

    What stands stored stays readable and may be saved again, as a retired code may.
    """
    found = []
    model: Any = type(item)
    for one in agreements(model):
        if _is_chosen(item, one) and one.broken_by(item):
            near, far = (_parent(item, path[0]) for path in (one.near, one.far))
            chosen = _chosen(model, one)
            if len(one.near) == 1:
                said = PARENTS_APART.saying(f"{far} 不属于{near}，请重新选择", field=chosen)
            else:
                belonging = describe(one.target).label
                said = PARENTS_APART.of(field=chosen, far=far, near=near, belonging=belonging)
            found.append(said)
    return found


def _is_chosen(item: Entity, one: Agreement) -> bool:
    """Return whether one of the two links is new: the row itself, or its first step there."""
    return any(is_changed(item, path[0]) for path in (one.near, one.far))


def _parent(item: Entity, name: str) -> str:
    return f"“{describe(type(item)).field(name).label}”{getattr(item, name)}"


def _chosen(model: type[Entity], one: Agreement) -> str:
    """Return the link that is more likely wrong: the optional one, else the farther one."""
    near, far = link_named(model, one.near[0]), link_named(model, one.far[0])
    return near.name if far.required and not near.required else far.name


def _complete(item: Entity, later: Collection[str]) -> bool:
    """Return whether all required fields are filled in; the table's own check may rely on it."""
    return all(
        getattr(item, field.name, None) not in (None, "")
        or getattr(item, f"{field.name}_id", None) is not None
        for field in describe(type(item)).fields
        if field.required and field.name not in later
    )


def _choices(session: AnySession, item: Entity) -> list[Problem]:
    found = []
    for field in describe(type(item)).fields:
        value = getattr(item, field.name, None)
        if value in (None, "") or not (field.codes or field.choices):
            continue
        known = _known(session, field.codes, field.choices)
        if str(value) not in known:
            found.append(CODE_UNKNOWN.of(field=field.name, label=field.label, value=value))
        elif not known[str(value)] and get_history(item, field.name).has_changes():
            # A retired value that is already stored may be saved again.
            found.append(CODE_RETIRED.of(field=field.name, label=field.label))
    return found


@read_once
def _known(
    session: AnySession, kind: str, choices: tuple[tuple[str, str], ...]
) -> Mapping[str, bool]:
    """Return the values of a list, each with whether it may still be chosen."""
    if choices:
        return {value: True for value, _label in choices}
    rows = select(CodeItem.code, CodeItem.active).join(CodeItem.kind).where(CodeKind.kind == kind)
    return dict(session.execute(rows).all())
