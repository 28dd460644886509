"""Which record and which person does a command line mean?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.core.database import db
from app.core.declarations.base import Entity, entities
from app.core.declarations.behaviour import procedures
from app.core.declarations.field import describe
from app.core.errors import NotFound
from app.core.roles import Actor
from app.core.workflow.moves import procedure_for
from app.models import Body
from app.services.demonstration import stand_ins

DEMO_BODY = "DEMO"


def model_named(name: str) -> type[Entity]:
    """The entity with a procedure that ``name`` means: batch, body, commission …"""
    wanted = name.replace("-", "").replace("_", "").lower()
    for model in entities():
        if model.__name__.lower() == wanted and model.__name__ in procedures():
            return model
    known = "、".join(sorted(one.lower() for one in procedures()))
    raise NotFound(f"没有名为“{name}”的办理事项，可用的有：{known}")


def record_of(model: type[Entity], number: str) -> Any:
    """The record with that number, if the session's actor sees it; NotFound otherwise."""
    described = describe(model)
    key = "code" if model is Body else described.title
    record = db.session.scalar(select(model).where(getattr(model, key) == number))
    if record is None:
        raise NotFound(f"没有编号为“{number}”的{described.label}，或不在您的管辖范围内")
    return record


def actor_for_move(username: str | None, record: Any, move: str) -> Actor:
    """The named user; without a name the body's clerk, or the reviewer with authority."""
    if username:
        return stand_ins.actor_named(db.session, username)
    procedure = procedure_for(type(record))
    return stand_ins.authority(db.session, procedure, record, procedure.move(move))


def actor_for_body(username: str | None, body_id: int) -> Actor:
    """The named user; without a name the body's own clerk."""
    if username:
        return stand_ins.actor_named(db.session, username)
    return stand_ins.clerk_of_body(db.session, body_id)
