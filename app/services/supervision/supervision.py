"""Was each batch supervised, what was found, and what follows if it is not put right?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.declarations.behaviour import procedure_of
from app.core.errors import Problem
from app.core.records.preparation import before_adding, take_numbers
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow import engine
from app.models import Batch, Inspection
from app.rules.supervision import suspension
from app.rules.supervision.inspection import (
    InspectionFacts,
    closing_problems,
    order_problems,
    rectification_problems,
    supervision_problems,
)

SUPERVISION = "supervision"
#: States of a batch in which the city's supervision may still be outstanding.
WATCHED = frozenset({"examining", "scored", "publicising", "results_submitted", "results_returned"})


def plan(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Plan the city's supervision of a filed batch on its exam date, unless there is one."""
    known = select(Inspection.id).where(
        Inspection.batch_id == batch.id, Inspection.kind == SUPERVISION
    )
    if session.scalar(known.limit(1)) is not None:
        return
    planned = Inspection(
        batch=batch,
        kind=SUPERVISION,
        centre=batch.city_centre,
        inspected_on=batch.exam_date,
        place=batch.place or "",
    )
    before_adding(session, actor, planned)
    take_numbers(session, [planned])
    session.add(planned)
    session.flush()
    engine.born(session, procedure_of("Inspection"), [planned], actor)


def facts_of(inspection: Inspection) -> InspectionFacts:
    """Return the inspection as input to the rules."""
    return InspectionFacts(
        supervision=inspection.kind == SUPERVISION,
        finished=inspection.state != "planned",
        findings=inspection.findings or "",
        rectify_by=inspection.rectify_by,
        rectification=inspection.rectification or "",
    )


def batch_problems(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problem if the batch's supervision is not complete."""
    found = session.scalars(select(Inspection).where(Inspection.batch_id == batch.id)).all()
    return supervision_problems([facts_of(one) for one in found])


def ordering_problems(_session: AnySession, inspection: Inspection) -> list[Problem]:
    """Return what is missing today for an order to rectify."""
    return order_problems(facts_of(inspection), clock.today())


def release_problems(_session: AnySession, inspection: Inspection) -> list[Problem]:
    """Return what is missing for closing a rectification."""
    return closing_problems(facts_of(inspection))


def overdue_problems(inspection: Inspection) -> list[Problem]:
    """Return the warning if a rectification is overdue today."""
    if inspection.state != "rectifying":
        return []
    return rectification_problems(facts_of(inspection), clock.today())


def suspension_problems(_session: AnySession, inspection: Inspection) -> list[Problem]:
    """Return why the inspection's batch cannot be suspended now."""
    return _not_leaving("Batch", inspection.batch)


def body_suspension_problems(_session: AnySession, inspection: Inspection) -> list[Problem]:
    """Return why the inspected body cannot be suspended now."""
    return _not_leaving("Body", inspection.batch.body)


def _not_leaving(entity: str, record: Any) -> list[Problem]:
    procedure = procedure_of(entity)
    may_leave = record.state in procedure.move("suspend").sources
    here = procedure.state(record.state).label
    return suspension.suspension_problems(f"{procedure.label}“{record}”", here, may_leave=may_leave)


def suspend(session: AnySession, actor: Actor, inspection: Inspection, record: Any) -> None:
    """Suspend ``record``, the batch or body of an inspection, for the reason noted there.

    Raises NotPermitted if the actor may not suspend that record.
    """
    procedure = procedure_of(type(record).__name__)
    note = f"督导检查 {inspection.no}：{engine.last_note(session, inspection)}"
    engine.make(session, procedure, record, procedure.move("suspend"), actor, note)
