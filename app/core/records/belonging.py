"""May a row stand under these parents, and does the actor own it there?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, and_, inspect, literal, select, true
from sqlalchemy.orm import InstanceState

from app.core import scope
from app.core.declarations import links
from app.core.declarations.base import Entity, entities
from app.core.declarations.field import describe
from app.core.declarations.opening import OpenWhile, openings_of
from app.core.errors import AppError, NotFound, NotPermitted, RulesBroken
from app.core.records import guarded, prefetch
from app.core.records.read_once import read_once
from app.core.refusals.records import NOT_OWNED, OUT_OF_SCOPE, PARENT_CHANGED
from app.core.roles import Actor
from app.core.scope import AnySession


def stored_values(session: AnySession, items: Sequence[Entity]) -> dict[int, Mapping[str, Any]]:
    """Return the keys and guarded values of the stored rows among ``items`` before this edit.

    The result maps row id → column → stored value. New rows are left out.
    """
    known = [item.id for item in items if prefetch.is_stored(item)]
    if not known:
        return {}
    model: Any = type(items[0])
    keys = [next(iter(one.local_columns)) for one, _ in prefetch.many_to_one(model)]
    columns = [*keys, *guarded.columns_of(model)]
    found: dict[int, Mapping[str, Any]] = {}
    for some in prefetch.chunks(known):
        asked = select(model.id, *columns).where(model.id.in_(some))
        for key, *before in session.execute(asked):
            found[key] = dict(zip([one.name for one in columns], before, strict=True))
    return found


def check_stored(
    session: AnySession, actor: Actor, item: Entity, stored: Mapping[str, Any] | None
) -> None:
    """Check the actor's right to the row as it was stored, before this edit.

    The stored values count as well: otherwise editing could take over another owner's row, or
    move a row out from under the record that closes it.

    Raises NotFound if the row is gone or out of scope, NotPermitted if the actor does not own
    it, and RulesBroken if a value or a parent that must stay was changed.
    """
    model: Any = type(item)
    if stored is None:
        raise NotFound("这条记录已被删除，或不在您的管辖范围内")
    guarded.check_stored(actor, item, stored)
    owned = dict(stored)
    deciding = scope.parents_that_own(model)
    for relation, key in prefetch.many_to_one(model):
        before = stored[key]
        if before is not None and relation.key in closing(model):
            _check_settled(item, relation.key, before)
        elif before is not None:
            _check_unparted(session, item, relation.key, before)
        if relation.key in deciding:
            owned[relation.key] = _parent(session, relation.mapper.class_, before)
    if not scope.owned_before(actor, model, owned):
        raise NotPermitted(f"这条{describe(model).label}由其他机构或中心登记，不归您维护")


def _check_settled(item: Entity, name: str, before: int) -> None:
    after = getattr(item, name)
    if after is None or after.id != before:
        label = describe(type(item)).field(name).label
        raise RulesBroken([PARENT_CHANGED.of(field=name, label=label)])


def _check_unparted(session: AnySession, item: Any, name: str, before: int) -> None:
    """Refuse a new parent while dependent rows exist that must share the present one.

    Dependent rows count even when the actor cannot see them.
    """
    model: Any = type(item)
    parted = [one for one in _dependents(model) if one.name == name]
    after = getattr(item, name) if parted else None
    if after is None or after.id == before:
        return
    for one in parted:
        if _has_dependent(session, item.id, one):
            label, own = describe(model).field(name).label, describe(model).label
            message = f"“{label}”不能更换：已有{describe(one.model).label}引用这条{own}"
            raise RulesBroken([PARENT_CHANGED.saying(message, field=name)])


@lru_cache(maxsize=256)
def _dependents(model: Any) -> list[links.Dependent]:
    return links.dependents(model, entities())


def _has_dependent(session: AnySession, key: int, one: links.Dependent) -> bool:
    owners = [links.target_of(one.model, one.path[:at]) for at in range(len(one.path) + 1)]
    condition: ColumnElement[bool] = owners[-1].id == key
    for owner, name in zip(reversed(owners[:-1]), reversed(one.path), strict=True):
        condition = getattr(owner, name).has(condition)
    asked = select(one.model.id).where(condition).limit(1)
    # Dependent rows would move along with this one, so those out of scope count too.
    return session.scalar(asked.execution_options(unscoped=True)) is not None


@read_once
def _parent(session: AnySession, model: type[Any], key: int | None) -> Any:
    return session.get(model, key) if key else None


def closing(model: type[Entity]) -> frozenset[str]:
    """Return the links that decide whether a row is open."""
    return frozenset(one.links[0] for one in openings_of(model) if isinstance(one, OpenWhile))


def settled(model: type[Entity]) -> frozenset[str]:
    """Return the fields that must stay as they were when the row was added.

    These are the links that decide whether it is open, and the fields declared ``fixed``.
    """
    return closing(model) | {one.name for one in describe(model).where("fixed")}


def shut(actor: Actor, model: type[Entity], item: Entity | None = None) -> dict[str, str]:
    """Return the fields that this person may not fill in, each with the reason in Chinese.

    Without ``item``, or if it is new, these are the fields of other roles.
    """
    found = {name: one.message for name, one in guarded.closed(actor, model, item).items()}
    if item is not None and prefetch.is_stored(item):
        for name in closing(model) - found.keys():
            label = describe(model).field(name).label
            found[name] = PARENT_CHANGED.of(field=name, label=label).message
    return found


def misplaced(session: AnySession, actor: Actor, items: Sequence[Entity]) -> dict[Entity, AppError]:
    """Return the rows that the actor may not place where they are about to be written."""
    if not items:
        return {}
    model: Any = type(items[0])
    rows: list[Any] = [_Placed(item) for item in items]
    label = describe(model).label
    found: dict[Entity, AppError] = {}
    seen = _would_see(session, model, rows)
    for item, row, is_seen in zip(items, rows, seen, strict=True):
        if not is_seen:
            found[item] = RulesBroken([OUT_OF_SCOPE.of()])
        elif not scope.owns(actor, row):
            found[item] = RulesBroken([NOT_OWNED.of(what=label)])
    return found


def _would_see(session: AnySession, model: Any, rows: Sequence[Any]) -> list[bool]:
    """Return for each row whether the session's actor would see it once it was written.

    Nothing is written: the scope's condition is evaluated on the rows' columns as literals.
    Rows with the same values in the columns that matter are asked about once.
    """
    actor, named = scope.actor_of(session), _Named()
    if scope.criteria(model, actor, named) is None:
        return [True] * len(rows)
    places = [tuple(getattr(row, name) for name in named.met) for row in rows]
    distinct = list(dict.fromkeys(places))
    seen: dict[tuple[Any, ...], bool] = {}
    for start in range(0, len(distinct), _PLACES):
        some = distinct[start : start + _PLACES]
        asked = [_seen_at(model, actor, dict(zip(named.met, place, strict=True))) for place in some]
        # The select has no table of its own to bound: each condition already is the scope.
        answer = session.execute(select(*asked).execution_options(unscoped=True)).one()
        seen |= dict(zip(some, map(bool, answer), strict=True))
    return [seen[place] for place in places]


def _seen_at(model: Any, actor: Actor, place: Mapping[str, Any]) -> ColumnElement[bool]:
    types = {name: model.__table__.c[name].type for name in place}
    columns = {name: literal(value, types[name]) for name, value in place.items()}
    found = scope.criteria(model, actor, SimpleNamespace(**columns))
    return true() if found is None else and_(found, true())


#: The number of places asked about in one statement.
_PLACES = 100


class _Named:
    """A stand-in for the columns of a table that records which of them a condition reads."""

    def __init__(self) -> None:
        self.met: dict[str, None] = {}

    def __getattr__(self, name: str) -> Any:
        self.met[name] = None
        return literal(None)


class _Placed:
    """A row as it is about to be written: keys come from its relations where those were set."""

    def __init__(self, item: Entity) -> None:
        self._item = item

    def __getattr__(self, name: str) -> Any:
        model: Any = type(self._item)
        relation = _relations(model).get(name)
        state: InstanceState[Any] = inspect(self._item)
        if relation is not None and relation in state.committed_state:
            parent = state.dict.get(relation)
            return None if parent is None else parent.id
        return getattr(self._item, name)


@lru_cache(maxsize=256)
def _relations(model: Any) -> Mapping[str, str]:
    """Return the name of the relation behind each key column."""
    return {key: one.key for one, key in prefetch.many_to_one(model)}
