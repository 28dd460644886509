"""What does the centre require of this filing: which materials, how many examiners?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from app.core.errors import Severity
from app.core.records.code_lists import code_lists, code_name
from app.core.scope import AnySession
from app.models import Batch, Candidate, Material, MaterialRequirement, Occupation, StaffingRule
from app.rules.filing.filing_facts import Demand, StaffingNorm
from app.rules.sign_up.roster import CandidateRow

#: A row's stored choice → severity. For ``own_employer`` any other choice means no problem.
_SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning"}


def demands_on(
    session: AnySession, batch: Batch, people: Sequence[CandidateRow], on: date
) -> list[Demand]:
    """Return the requirements in force on ``on`` for the batch, and who has not met them."""
    kinds = code_lists(session).get("material_kind", ())
    whole, by_person = _handed_in(session, batch)
    found = []
    for row in _in_force(session, batch, on):
        concerned = [one for one in people if _concerns(row, one)]
        if not concerned and (row.whom or row.per == "candidate"):
            continue
        given = by_person.get(row.kind, set())
        without = tuple(
            one.row for one in concerned if one.row is not None and one.row not in given
        )
        each = row.per == "candidate"
        found.append(
            Demand(
                name=row.name,
                kind_name=code_name(row.kind, kinds),
                severity=_SEVERITIES.get(row.severity, "error"),
                clause=row.clause,
                met=row.kind in whole or (each and not without),
                without=without if each else (),
            )
        )
    return found


def _in_force(session: AnySession, batch: Batch, on: date) -> Sequence[MaterialRequirement]:
    row = MaterialRequirement
    return session.scalars(
        select(row)
        .where(
            row.valid_from <= on,
            or_(row.valid_to.is_(None), row.valid_to >= on),
            row.body_kind.in_(("", batch.body.kind)),
            row.target.in_(("", batch.target)),
        )
        .order_by(row.id)
    ).all()


def _handed_in(session: AnySession, batch: Batch) -> tuple[frozenset[str], dict[str, set[int]]]:
    """Return the kinds handed in for the whole batch, and kind → candidates' serial numbers."""
    rows = session.execute(
        select(Material.kind, Material.candidate_id, Candidate.serial)
        .select_from(Material)
        .outerjoin(Candidate, Candidate.id == Material.candidate_id)
        .where(Material.batch_id == batch.id)
    ).all()
    by_person: dict[str, set[int]] = {}
    for kind, candidate_id, serial in rows:
        if candidate_id is not None:
            by_person.setdefault(kind, set()).add(serial)
    return frozenset(row.kind for row in rows if row.candidate_id is None), by_person


def _concerns(row: MaterialRequirement, person: CandidateRow) -> bool:
    holding = bool(person.current_level or person.current_certificate)
    return {"holding": holding, "without": not holding}.get(row.whom, True)


def staffing(session: AnySession) -> list[StaffingNorm]:
    """Return all dated staffing norms (how many must examine), in one SQL statement."""
    rows = session.execute(
        select(StaffingRule, Occupation.name).outerjoin(StaffingRule.occupation)
    ).all()
    return [
        StaffingNorm(
            occupation=name or "",
            severity=_SEVERITIES.get(row.severity, "warning"),
            theory_ratio=row.theory_ratio,
            theory_least=row.theory_least,
            practical_least=row.practical_least,
            practical_ratio=row.practical_ratio,
            practical_odd=row.practical_odd,
            review_least=row.review_least,
            review_odd=row.review_odd,
            own_employer=_SEVERITIES.get(row.own_employer),
            supervisor_rooms=row.supervisor_rooms,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row, name in rows
    ]
