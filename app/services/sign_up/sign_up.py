"""Which candidates are on a batch's roster, one by one and counted by group?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.core.records.code_lists import code_lists
from app.core.scope import AnySession
from app.models import Batch, Candidate, Level, Occupation, WorkType
from app.rules.filing.filing_facts import HeadCount
from app.rules.sign_up.roster import CandidateRow


def people(session: AnySession, batch: Batch) -> list[CandidateRow]:
    """Return the candidates as input to the rules, by serial number, levels as digits."""
    genders = {one.code: one.name for one in code_lists(session).get("gender", ())}
    held = aliased(Level)
    rows = session.execute(
        select(
            Candidate.serial,
            Candidate.name,
            Candidate.gender,
            Candidate.document_kind,
            Candidate.id_number,
            Candidate.employer,
            Candidate.years,
            Candidate.current_certificate,
            Candidate.phone,
            Occupation.name.label("occupation"),
            WorkType.name.label("work_type"),
            Level.digit.label("level"),
            held.digit.label("current_level"),
        )
        .select_from(Candidate)
        .join(Candidate.occupation)
        .join(Candidate.work_type)
        .join(Candidate.level)
        .outerjoin(held, held.id == Candidate.current_level_id)
        .where(Candidate.batch_id == batch.id)
        .order_by(Candidate.serial, Candidate.id)
    )
    return [_candidate_row(row, genders) for row in rows]


def _candidate_row(row: Any, genders: Mapping[str, str]) -> CandidateRow:
    return CandidateRow(
        row=row.serial,
        name=row.name,
        gender=genders.get(row.gender, row.gender),
        document_kind=row.document_kind,
        id_number=row.id_number,
        employer=row.employer,
        years=row.years,
        occupation=row.occupation,
        work_type=row.work_type,
        level=row.level,
        current_level=row.current_level,
        current_certificate=row.current_certificate,
        phone=row.phone or None,
    )


def counted(candidates: Sequence[CandidateRow]) -> list[HeadCount]:
    """Count candidates per occupation, work type and level, with their serial numbers."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for one in candidates:
        key = (one.occupation or "", one.work_type or "", one.level or "")
        groups.setdefault(key, []).append(one.row or 0)
    ordered = sorted(groups, key=lambda key: (key[0], key[1], -_rank(key[2]), key[2]))
    return [HeadCount(*key, len(groups[key]), tuple(groups[key])) for key in ordered]


def _rank(digit: str) -> int:
    return int(digit) if digit.isdigit() else 0
