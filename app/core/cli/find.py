"""Which record and which person does a command line name?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import String, inspect, select

from app.core.accounts import acting
from app.core.database import db
from app.core.declarations.base import Entity, entities
from app.core.declarations.behaviour import procedures
from app.core.declarations.field import describe
from app.core.declarations.procedure import Move, Procedure
from app.core.errors import AppError, NotFound
from app.core.roles import COMMAND, Actor
from app.core.scope import AnySession
from app.core.workflow.moves import procedure_for

#: Finds who should make this move on this record if no user is named.
StandIn = Callable[[AnySession, Procedure, Any, Move], Actor]

_STAND_INS: list[StandIn] = []


def declare_stand_in(stand_in: StandIn) -> None:
    """Allow moves without a user name, made by the actor that ``stand_in`` returns.

    Only the last registration counts.
    """
    _STAND_INS[:] = [stand_in]


def model_named(name: str) -> type[Entity]:
    """Return the entity with a procedure that ``name`` means; case and hyphens do not matter."""
    wanted = name.replace("-", "").replace("_", "").lower()
    for model in entities():
        if model.__name__.lower() == wanted and model.__name__ in procedures():
            return model
    known = "、".join(sorted(one.lower() for one in procedures()))
    raise NotFound(f"没有名为“{name}”的办理事项，可用的有：{known}")


def record_of(model: type[Entity], number: str) -> Any:
    """Return the record with that number; raises NotFound if the session's actor sees none."""
    described = describe(model)
    record = db.session.scalar(select(model).where(getattr(model, _key(model)) == number))
    if record is None:
        raise NotFound(f"没有编号为“{number}”的{described.label}，或不在您的管辖范围内")
    return record


def _key(model: type[Entity]) -> str:
    """Return the name of the unique number field, else of the title field."""
    columns, described = inspect(model).columns, describe(model)
    numbers = (
        field.name
        for field in described.fields
        if field.name in columns
        and columns[field.name].unique
        and isinstance(columns[field.name].type, String)
    )
    return next(numbers, described.title)


def actor_named(username: str) -> Actor:
    """Return the active user of that name as an actor; raises NotFound if there is none."""
    return acting.actor_for(db.session, username, COMMAND)


def actor_for_move(username: str | None, record: Any, move: str) -> Actor:
    """Return the named user, or without a name the product's stand-in; raises AppError."""
    if username:
        return actor_named(username)
    if not _STAND_INS:
        raise AppError("请用 --as 写明由谁办理")
    procedure = procedure_for(type(record))
    return _STAND_INS[0](db.session, procedure, record, procedure.move(move))
