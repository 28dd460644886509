"""Is this change of rows allowed and sound, so that it can be written?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from app.core import scope
from app.core.declarations.base import Entity
from app.core.declarations.behaviour import behaviour_of
from app.core.declarations.field import describe
from app.core.errors import AppError, NotPermitted, RulesBroken, WrongState
from app.core.records import (
    duplicates,
    editable,
    prefetch,
    preparation,
    references,
)
from app.core.records.judging import Kept, judge
from app.core.refusals.records import IN_USE
from app.core.roles import Actor, may_delete
from app.core.scope import AnySession
from app.core.transaction import explained, transaction
from app.core.workflow import engine


def add(session: AnySession, actor: Actor, item: Entity) -> None:
    """Add a row in a transaction, filling in its numbers, defaults and first state.

    Raises NotPermitted, WrongState if a parent is closed, or RulesBroken with the fields.
    """
    with transaction(session, actor):
        put(session, actor, item)


@contextmanager
def filling(session: AnySession) -> Iterator[None]:
    """Suspend autoflush while typed values are put into a row.

    Without this the next query would write them unchecked.
    """
    with session.no_autoflush:
        yield


def put(session: AnySession, actor: Actor, item: Entity) -> None:
    """Add or change one row within the caller's transaction; raises as ``add`` and ``edit``."""
    kept = keep(session, actor, [item])
    if item in kept.refused:
        raise kept.refused[item]


def edit(session: AnySession, actor: Actor, item: Entity) -> None:
    """Save the changes made to ``item``.

    Raises as ``add``, and Stale if somebody else saved it first.
    """
    with transaction(session, actor):
        put(session, actor, item)


def remove(session: AnySession, actor: Actor, item: Entity) -> None:
    """Delete a row that no other row refers to.

    Rows that are deleted along with it, such as a candidate's work history, belong to the same
    operation. Raises NotPermitted, WrongState, RulesBroken or Stale.
    """
    with transaction(session, actor, operation="delete"):
        refused = discard(session, actor, [item])
        if item in refused:
            raise refused[item]


def discard(session: AnySession, actor: Actor, items: Sequence[Entity]) -> dict[Entity, AppError]:
    """Delete those rows of one table that may be deleted; return the error for each other row.

    The number of statements does not depend on the number of rows. Raises Stale or RulesBroken
    if somebody else wrote at the same moment; then nothing is deleted.
    """
    if not items:
        return {}
    model = type(items[0])
    named: Any = model
    label = describe(model).label
    # Asked beforehand for all rows at once, to name what refers to them: the database would only
    # say that something does.
    held = references.referred(session, model, [item.id for item in items])
    refused: dict[Entity, AppError] = {}
    for item in items:
        reason = editable.may_remove(session, actor, item)
        if reason:
            open_to_role = may_delete(actor, item.__area__) and scope.owns(actor, item)
            refused[item] = (WrongState if open_to_role else NotPermitted)(reason)
        elif item.id in held:
            message = (
                f"{label}“{item}”已被其他记录引用，不能删除（引用它的有{held[item.id]}）；"
                "不再使用的请停用"
            )
            refused[item] = RulesBroken([IN_USE.saying(message)])
    gone = [item for item in items if item not in refused]
    hold_above(session, gone)
    prefetch.read_lists(session, gone, prefetch.lists_of(named))
    _delete(session, gone)
    return refused


def _delete(session: AnySession, items: Sequence[Entity]) -> None:
    named = "、".join(f"“{item}”" for item in items[:3])
    label = describe(type(items[0])).label if items else ""
    in_use = RulesBroken([IN_USE.of(what=f"{label}{named}")])
    stale = f"{label}{named}刚刚被别人改过或删除，请刷新后核对"
    with explained(session, lambda: in_use, stale):
        for item in items:
            session.delete(item)
        session.flush()


def keep(session: AnySession, actor: Actor, items: Sequence[Entity]) -> Kept:
    """Write those new and changed rows of one table that may be saved.

    Each refusal concerns one row, which is reset to its stored values. The number of statements
    does not grow with the rows, provided that what they refer to has been read. Raises Stale or
    RulesBroken if somebody else wrote at the same moment; then nothing is written.
    """
    kept = judge(session, actor, items)
    sound = [item for item in items if item not in kept.refused]
    with session.no_autoflush:
        hold_above(session, sound)
    write(session, actor, sound)
    return kept


def write(session: AnySession, actor: Actor, items: Sequence[Entity]) -> None:
    """Write rows that ``judge`` has accepted and whose parents are locked by ``hold_above``.

    Raises Stale or RulesBroken if somebody else wrote in between; then nothing is written.
    """
    with session.no_autoflush:
        duplicates.make_room(session, items)
        preparation.take_numbers(session, (one for one in items if not prefetch.is_stored(one)))
    _write(session, actor, items)


def hold_above(session: AnySession, items: Iterable[Entity]) -> None:
    """Lock the records that open or close these rows, so that none changes state meanwhile."""
    held = {
        (type(row).__name__, row.id): row
        for item in items
        for row in editable.holders_of(item)
        if row.id is not None
    }
    # Always locking in the same order keeps two acts from deadlocking each other.
    for _, row in sorted(held.items(), key=lambda one: one[0]):
        engine.hold(session, row)


def _write(session: AnySession, actor: Actor, items: Sequence[Entity]) -> None:
    fresh = [item for item in items if not prefetch.is_stored(item)]
    keys = [(item.id, duplicates.unique_keys(item)) for item in items]
    # Keys are taken before this: after a failed flush the rows can no longer be asked.
    session.add_all(fresh)

    def explain() -> AppError:
        return RulesBroken([duplicates.conflict(session, type(items[0]), keys)])

    with explained(session, explain):
        session.flush()
    procedure = behaviour_of(type(fresh[0])).procedure if fresh else None
    if procedure is not None:
        engine.born(session, procedure, fresh, actor)
