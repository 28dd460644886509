"""Does a row stay where it was put, and is it the actor's where it now stands?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app import scope
from app.errors import AppError, NotFound, NotPermitted, Problem, RulesBroken
from app.models import Batch, Entity
from app.models.field import describe
from app.roles import Actor
from app.scope import AnySession
from app.services import prefetch
from app.services.reading import read_once


def stored_keys(session: AnySession, items: Sequence[Entity]) -> dict[int, Mapping[str, Any]]:
    """What the stored ones of these rows referred to before this edit: id → key column → key."""
    known = [item.id for item in items if prefetch.is_stored(item)]
    if not known:
        return {}
    model: Any = type(items[0])
    columns = [next(iter(one.local_columns)) for one, _ in prefetch.many_to_one(model)]
    found: dict[int, Mapping[str, Any]] = {}
    for some in prefetch.chunks(known):
        asked = select(model.id, *columns).where(model.id.in_(some))
        for key, *before in session.execute(asked):
            found[key] = dict(zip([one.name for one in columns], before, strict=True))
    return found


def check_stored(
    session: AnySession, actor: Actor, item: Entity, stored: Mapping[str, Any] | None
) -> None:
    """What the row was before this edit decides too: nobody takes over or moves a row by editing.

    A row stays with its batch, candidate and publicity for good.
    """
    model: Any = type(item)
    if stored is None:
        raise NotFound("这条记录已被删除，或不在您的管辖范围内")
    owned = dict(stored)
    deciding = scope.parents_that_own(model)
    for relation, key in prefetch.many_to_one(model):
        before = stored[key]
        if before is not None and relation.key in settled(model):
            _check_settled(item, relation.key, before)
        if relation.key in deciding:
            owned[relation.key] = _parent(session, relation.mapper.class_, before)
    if not scope.owned_before(actor, model, owned):
        raise NotPermitted(f"这条{describe(model).label}由其他机构或中心登记，不归您维护")


def _check_settled(item: Entity, name: str, before: int) -> None:
    after = getattr(item, name)
    if after is None or after.id != before:
        label = describe(type(item)).field(name).label
        message = f"“{label}”建立后不能更换；登记错了的请删除后重新登记"
        raise RulesBroken([Problem("parent_changed", message, field=name)])


@read_once
def _parent(session: AnySession, model: type[Any], key: int | None) -> Any:
    return session.get(model, key) if key else None


#: Relations that place a row for good.
_PARENTS = frozenset({"batch", "candidate", "publicity"})


def settled(model: type[Entity]) -> frozenset[str]:
    """The relations of a row that stay as they were when it was added.

    A batch stays with its body: number, approving centre and roster go by it.
    """
    return _PARENTS | {"body"} if model is Batch else _PARENTS


def misplaced(session: AnySession, actor: Actor, items: Sequence[Entity]) -> dict[Entity, AppError]:
    """The written rows that the actor may not have where they now stand."""
    hidden = _out_of_sight(session, items)
    label = describe(type(items[0])).label if items else ""
    unseen = "保存后这条记录将不在您的管辖范围内，请核对所属机构、中心或批次"
    foreign = f"您只能登记归本机构或本中心的{label}，请核对所属"
    found: dict[Entity, AppError] = {}
    for item in items:
        if item in hidden:
            found[item] = RulesBroken([Problem("out_of_scope", unseen)])
        elif not scope.owns(actor, item):
            found[item] = RulesBroken([Problem("not_owned", foreign)])
    return found


def _out_of_sight(session: AnySession, items: Sequence[Entity]) -> set[Entity]:
    if not items or scope.actor_of(session).sees_all:
        return set()
    model = type(items[0])
    seen: set[int] = set()
    for some in prefetch.chunks(item.id for item in items):
        seen.update(session.scalars(select(model.id).where(model.id.in_(some))))
    return {item for item in items if item.id not in seen}
