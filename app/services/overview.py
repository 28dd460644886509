"""How does the work stand for this person: a few figures, and what happened last?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select

from app.core import scope
from app.core.declarations.base import Entity, entity_named
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Step
from app.models import Batch, Body, CertificateSegment
from app.workflow.tables import TABLES

FINISHED = ("archived", "withdrawn")
#: A batch's certificates take their steps by the hundred; they say nothing that the batch does not.
TOLD = tuple(name for name in TABLES if name != "Certificate")
LATEST_RECORDS = 100


@dataclass(frozen=True)
class Figures:
    """The figures of the home page, within the person's scope."""

    bodies: int
    batches_open: int
    batches_of_year: int
    certificates_of_year: int


@dataclass(frozen=True)
class Happened:
    """A step with the record that took it."""

    step: Step
    record: Entity


def figures(session: AnySession, today: date) -> Figures:
    """Registered bodies, open batches, batches and certificates of this year."""
    this_year = Batch.exam_date.between(date(today.year, 1, 1), date(today.year, 12, 31))
    bodies = select(func.count(Body.id)).where(Body.state == "registered")
    # Named as an entity: inside a filtered count alone the session would not see what to bound.
    batches = select(
        func.count(Batch.id).filter(Batch.state.not_in(FINISHED)),
        func.count(Batch.id).filter(this_year),
    ).select_from(Batch)
    # Segments, not certificates: a few rows stand for all numbers of the year.
    certificates = select(func.sum(CertificateSegment.count)).where(
        CertificateSegment.year == today.year
    )
    still_open, of_year = session.execute(batches).one()
    return Figures(
        bodies=session.scalar(bodies) or 0,
        batches_open=still_open,
        batches_of_year=of_year,
        certificates_of_year=int(session.scalar(certificates) or 0),
    )


def recent(session: AnySession, actor: Actor, limit: int = 10) -> list[Happened]:
    """The latest steps of records that ``actor`` sees, newest first."""
    wanted = select(Step).where(_told(actor)).order_by(Step.id.desc()).limit(limit)
    steps = session.scalars(wanted.execution_options(unscoped=True)).all()
    records = _records(session, steps)
    return [
        Happened(step, records[step.entity, step.record_id])
        for step in steps
        if (step.entity, step.record_id) in records
    ]


def _told(actor: Actor) -> Any:
    if actor.sees_all:
        return Step.entity.in_(TOLD)
    return or_(*[_of_entity(name, actor) for name in TOLD])


def _of_entity(name: str, actor: Actor) -> Any:
    # The latest records bound the search: the steps of a small body need not be looked for among
    # those of the whole province.
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
