"""Which records are waiting for this person?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from app.core import scope
from app.core.declarations.base import entity_named
from app.core.declarations.behaviour import procedures
from app.core.declarations.procedure import STAY, Move, Procedure, State
from app.core.declarations.reach import By
from app.core.roles import ROLES, Actor
from app.core.scope import AnySession


@dataclass(frozen=True)
class Waiting:
    """The number of records in a state that this person is expected to end."""

    procedure: Procedure
    state: State
    count: int


def waiting(session: AnySession, actor: Actor) -> list[Waiting]:
    """Return what is waiting for ``actor``, in the order of the procedures; no zero counts.

    Takes one statement for all procedures.
    """
    parts = [
        part
        for procedure in procedures().values()
        if (part := _counts(procedure, actor)) is not None
    ]
    if not parts:
        return []
    # Each part applies the scope itself: loader criteria do not reach into a union.
    statement = union_all(*parts).execution_options(unscoped=True)
    found = {(entity, state): count for entity, state, count in session.execute(statement)}
    return [
        Waiting(procedure, state, found[procedure.entity, state.name])
        for procedure in procedures().values()
        for state in procedure.states
        if (procedure.entity, state.name) in found
    ]


def expected(move: Move, actor: Actor) -> bool:
    """Return whether ``actor`` is the one who is expected to make this move.

    If some of the move's roles count it as their own work (``Role.own_work``), the others only
    stand in. Moves that stop a record, take it back or keep its state, and those that are rare, are
    expected of no one.
    """
    if move.danger or move.rare or move.takes_back or move.target == STAY:
        return False
    own = [name for name in move.roles if name in ROLES and ROLES[name].own_work]
    return actor.has(*(own or move.roles))


def _counts(procedure: Procedure, actor: Actor) -> Select[Any] | None:
    model: Any = entity_named(procedure.entity)
    awaited = [
        condition
        for state in procedure.states
        if state.waiting and (condition := _awaited(model, procedure, state, actor)) is not None
    ]
    if not awaited:
        return None
    counted = select(literal(procedure.entity), model.state, func.count(model.id)).where(
        or_(*awaited)
    )
    within = scope.criteria(model, actor)
    if within is not None:
        counted = counted.where(within)
    return counted.group_by(model.state)


def _awaited(
    model: Any, procedure: Procedure, state: State, actor: Actor
) -> ColumnElement[bool] | None:
    places = {move.at for move in procedure.moves_from(state.name) if expected(move, actor)}
    if not places:
        return None
    return and_(model.state == state.name, or_(*[_mine(model, at, actor) for at in places]))


def _mine(model: Any, at: By | None, actor: Actor) -> ColumnElement[bool]:
    if at is None:
        return true()
    key = actor.key_at(at.kind)
    column: ColumnElement[Any] = getattr(model, at.column)
    return false() if key is None else column == key
