"""What waits for this person? Counted from the procedures, in one statement for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, true, union_all

from app.core import scope
from app.core.declarations.base import entity_named
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow.engine import STAY, Move, State, Table
from app.roles import BODY_CLERK
from app.workflow.tables import TABLES


@dataclass(frozen=True)
class Waiting:
    """So many records of a table stand in a state that this person is expected to end."""

    table: Table
    state: State
    count: int


def waiting(session: AnySession, actor: Actor) -> list[Waiting]:
    """What waits for ``actor``, in the order of the procedures; nothing is listed with zero."""
    parts = [part for table in TABLES.values() if (part := _counts(table, actor)) is not None]
    if not parts:
        return []
    # Each part carries its scope in words: criteria for loaders do not reach into a union.
    statement = union_all(*parts).execution_options(unscoped=True)
    found = {(entity, state): count for entity, state, count in session.execute(statement)}
    return [
        Waiting(table, state, found[table.entity, state.name])
        for table in TABLES.values()
        for state in table.states
        if (table.entity, state.name) in found
    ]


def expected(move: Move, actor: Actor) -> bool:
    """Whether people look to ``actor`` for this move.

    Where the clerk of a body may take it, the centres only stand in; what stops or withdraws a
    record, or leaves it where it is, is nobody's task.
    """
    if move.danger or move.target == STAY:
        return False
    return actor.has(BODY_CLERK) if BODY_CLERK in move.roles else actor.has(*move.roles)


def _counts(table: Table, actor: Actor) -> Select[Any] | None:
    model: Any = entity_named(table.entity)
    awaited = [
        condition
        for state in table.states
        if state.waiting and (condition := _awaited(model, table, state, actor)) is not None
    ]
    if not awaited:
        return None
    counted = select(literal(table.entity), model.state, func.count(model.id)).where(or_(*awaited))
    within = scope.criteria(model, actor)
    if within is not None:
        counted = counted.where(within)
    return counted.group_by(model.state)


def _awaited(model: Any, table: Table, state: State, actor: Actor) -> ColumnElement[bool] | None:
    centres = {move.at for move in table.moves_from(state.name) if expected(move, actor)}
    if not centres:
        return None
    owned = [getattr(model, at) == actor.key_at("centre") if at else true() for at in centres]
    return and_(model.state == state.name, or_(*owned))
