"""Which states does the database accept in a record with a procedure?

Those that stand in ``procedure_state``: every declared one, and what a centre's own rows held when
the table was filled. No list of states is frozen in a constraint, so a state that a centre adds to
a procedure needs no change of the tables.
"""

from __future__ import annotations

from types import ModuleType

from sqlalchemy import Connection, inspect, select

from app.core.declarations.base import Entity, Stateful, entities
from app.core.declarations.behaviour import find_procedure, state_label
from app.core.tables import ProcedureState


def settle(tool: ModuleType, connection: Connection) -> None:
    """List the states of every procedure, and let the tables of their records refuse any other."""
    there = set(inspect(connection).get_table_names())
    for model in _stateful():
        if not {_table(model), ProcedureState.__tablename__} <= there:
            continue
        guarded = tool.knows_states(connection, _table(model))
        # What its rows hold already is a local state; later on the table refuses to become one.
        _list(connection, model, [] if guarded else _in_use(connection, model))
        if not guarded:
            tool.guard_states(connection, _table(model), model.__name__)


def local(connection: Connection) -> list[str]:
    """Return, in words, the listed states that no procedure declares."""
    return [
        f"{model.__label__}：状态“{name}”没有程序声明，是本地的状态"
        for model in _stateful()
        for name in sorted(_listed(connection, model) - set(_declared(model)))
    ]


def _list(connection: Connection, model: type[Entity], found: list[str]) -> None:
    known = _listed(connection, model)
    new = [one for one in dict.fromkeys([*_declared(model), *found]) if one not in known]
    if new:
        entity = model.__name__
        rows = [{"entity": entity, "name": one, "label": state_label(entity, one)} for one in new]
        connection.execute(ProcedureState.__table__.insert(), rows)


def _listed(connection: Connection, model: type[Entity]) -> set[str]:
    mine = ProcedureState.entity == model.__name__
    return set(connection.scalars(select(ProcedureState.name).where(mine)))


def _in_use(connection: Connection, model: type[Entity]) -> list[str]:
    state = model.__table__.columns["state"]
    return sorted(connection.scalars(select(state).where(state.is_not(None)).distinct()))


def _declared(model: type[Entity]) -> list[str]:
    procedure = find_procedure(model.__name__)
    return [] if procedure is None else [state.name for state in procedure.states]


def _stateful() -> list[type[Entity]]:
    found = [one for one in entities() if issubclass(one, Stateful) and _declared(one)]
    return sorted(found, key=lambda one: one.__name__)


def _table(model: type[Entity]) -> str:
    return str(model.__tablename__)
