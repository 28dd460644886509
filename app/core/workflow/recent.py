"""What happened last among the records that a person sees?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select

from app.core import scope
from app.core.declarations.base import Entity, entity_named
from app.core.declarations.behaviour import procedures
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Step

LATEST_RECORDS = 100


@dataclass(frozen=True)
class Happened:
    """A step and the record that it belongs to."""

    step: Step
    record: Entity


def recent(session: AnySession, actor: Actor, limit: int = 10) -> list[Happened]:
    """Return the latest steps of records that ``actor`` sees, newest first."""
    wanted = select(Step).where(_reported_to(actor)).order_by(Step.id.desc()).limit(limit)
    # The condition itself applies the scope of each table; steps have no scope of their own.
    steps = session.scalars(wanted.execution_options(unscoped=True)).all()
    records = _records(session, steps)
    return [
        Happened(step, records[step.entity, step.record_id])
        for step in steps
        if (step.entity, step.record_id) in records
    ]


def _reported_entities() -> tuple[str, ...]:
    """Return the tables whose steps are shown, without those that move along with another."""
    return tuple(name for name, one in procedures().items() if one.reported)


def _reported_to(actor: Actor) -> Any:
    if actor.sees_all:
        return Step.entity.in_(_reported_entities())
    return or_(*[_of_entity(name, actor) for name in _reported_entities()])


def _of_entity(name: str, actor: Actor) -> Any:
    # Only the latest records are searched: otherwise the few steps of a small body would have to be
    # found among those of the whole province.
    model = entity_named(name)
    seen = select(model.id).order_by(model.id.desc()).limit(LATEST_RECORDS)
    within = scope.criteria(model, actor)
    if within is not None:
        seen = seen.where(within)
    latest = seen.subquery()
    return and_(Step.entity == name, Step.record_id.in_(select(latest.c.id)))


def _records(session: AnySession, steps: Sequence[Step]) -> dict[tuple[str, int], Entity]:
    found: dict[tuple[str, int], Entity] = {}
    for name in {step.entity for step in steps}:
        model = entity_named(name)
        ids = {step.record_id for step in steps if step.entity == name}
        for record in session.scalars(select(model).where(model.id.in_(ids))):
            found[name, record.id] = record
    return found
