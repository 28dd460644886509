"""Is this change of rows allowed and sound? Then do it, whole or not at all."""

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
    """Add a sound row; numbers and defaults are filled in, the first state is set.

    Raises NotPermitted, WrongState (its batch is closed to it), RulesBroken with fields.
    """
    with transaction(session, actor):
        put(session, actor, item)


@contextmanager
def filling(session: AnySession) -> Iterator[None]:
    """Put what was typed into a row inside the block: none of it reaches the database there.

    Where it is refused afterwards, ``abandon`` keeps it from following the next question.
    """
    with session.no_autoflush:
        yield


def put(session: AnySession, actor: Actor, item: Entity) -> None:
    """Add or change a row as one of several of an act; raises as ``add`` and ``edit``."""
    kept = keep(session, actor, [item])
    if item in kept.refused:
        raise kept.refused[item]


def edit(session: AnySession, actor: Actor, item: Entity) -> None:
    """Keep the changes made to ``item``; raises as ``add``, and Stale if somebody was faster."""
    with transaction(session, actor):
        put(session, actor, item)


def remove(session: AnySession, actor: Actor, item: Entity) -> None:
    """Delete a row that nothing refers to; raises NotPermitted, WrongState, RulesBroken, Stale.

    What goes with it, such as the lines of a candidate's work history, is one operation with it.
    """
    with transaction(session, actor, operation="delete"):
        refused = discard(session, actor, [item])
        if item in refused:
            raise refused[item]


def discard(session: AnySession, actor: Actor, items: Sequence[Entity]) -> dict[Entity, AppError]:
    """Delete those rows of one table that nothing speaks against; the reason for each other.

    A fixed number of statements is asked, however many rows. Raises Stale or RulesBroken when
    somebody else wrote in the same moment: then nothing of it is left.
    """
    if not items:
        return {}
    model = type(items[0])
    named: Any = model
    label = describe(model).label
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
    """Write the new and changed rows of one table that nothing speaks against.

    Every refusal is that of one row, which keeps what it was stored with. The number of statements
    does not grow with the rows, as long as what they refer to has been read. Raises Stale or
    RulesBroken when somebody else wrote in the same moment: then nothing of it is left.
    """
    kept = judge(session, actor, items)
    sound = [item for item in items if item not in kept.refused]
    with session.no_autoflush:
        hold_above(session, sound)
    write(session, actor, sound)
    return kept


def write(session: AnySession, actor: Actor, items: Sequence[Entity]) -> None:
    """Write rows that ``judge`` has let pass and whose holders are held.

    Raises Stale or RulesBroken when somebody else wrote in between: then nothing of it is left.
    """
    with session.no_autoflush:
        duplicates.make_room(session, items)
        preparation.take_numbers(session, (one for one in items if not prefetch.is_stored(one)))
    _write(session, actor, items)


def hold_above(session: AnySession, items: Iterable[Entity]) -> None:
    """Let nobody move what closes these rows in between this check and this change."""
    held = {
        (type(row).__name__, row.id): row
        for item in items
        for row in editable.holders_of(item)
        if row.id is not None
    }
    for _, row in sorted(held.items(), key=lambda one: one[0]):
        engine.hold(session, row)


def _write(session: AnySession, actor: Actor, items: Sequence[Entity]) -> None:
    fresh = [item for item in items if not prefetch.is_stored(item)]
    keys = [(item.id, duplicates.unique_keys(item)) for item in items]
    session.add_all(fresh)

    def explain() -> AppError:
        return RulesBroken([duplicates.conflict(session, type(items[0]), keys)])

    with explained(session, explain):
        session.flush()
    procedure = behaviour_of(type(fresh[0])).procedure if fresh else None
    if procedure is not None:
        engine.born(session, procedure, fresh, actor)
