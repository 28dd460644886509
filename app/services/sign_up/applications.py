"""What does each candidate's application form (附件1) contain?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from app.core.records.code_lists import CodeName, code_lists, code_name
from app.core.scope import AnySession
from app.models import Batch, Candidate, Enterprise, WorkHistory
from app.rules.reference.chinese_numeral import capitals
from app.rules.results.scoring import Outcome
from app.services.results import scoring
from app.services.sign_up import photos
from app.sheets import forms


def of_batch(
    session: AnySession, batch: Batch, only: frozenset[int] = frozenset()
) -> list[forms.ApplicationForm]:
    """Return the candidates' forms in roster order, or of those with the ids ``only``.

    Runs a fixed number of SQL statements.
    """
    lists = code_lists(session)
    candidates = scoring.candidates_with_scores(session, batch)
    histories = _histories(session, batch)
    outcomes = scoring.outcomes(session, batch)
    pictures = photos.of_batch(session, [batch.id], only)
    return [
        replace(
            _application(batch, one, lists, histories.get(one.id, []), outcomes.of(one)),
            photo=pictures.get(one.id, b""),
        )
        for one in candidates
        if not only or one.id in only
    ]


def _histories(session: AnySession, batch: Batch) -> dict[int, list[WorkHistory]]:
    rows = session.scalars(
        select(WorkHistory)
        .join(WorkHistory.candidate)
        .where(Candidate.batch_id == batch.id)
        .order_by(WorkHistory.candidate_id, WorkHistory.started)
    )
    found: dict[int, list[WorkHistory]] = {}
    for row in rows:
        found.setdefault(row.candidate_id, []).append(row)
    return found


def _application(
    batch: Batch,
    one: Candidate,
    lists: dict[str, tuple[CodeName, ...]],
    history: Sequence[WorkHistory],
    outcome: Outcome,
) -> forms.ApplicationForm:
    enterprise: Enterprise | None = batch.enterprise
    own = enterprise is not None and enterprise.name == one.employer
    return forms.ApplicationForm(
        serial_no=f"{batch.no}-{one.serial:04d}",
        number=one.serial,
        name=one.name,
        gender=code_name(one.gender, lists["gender"]),
        phone=one.phone or "",
        education=code_name(one.education or "", lists["education"]),
        id_number=one.id_number,
        employer=one.employer or "",
        post=one.post or "",
        post_years=one.years,
        employer_address=enterprise.address if own and enterprise else "",
        employer_phone=enterprise.phone if own and enterprise else "",
        occupation=f"{one.occupation.name}（{one.work_type.name}）",
        level=one.level.name,
        certificate_name=_held_certificate(one),
        certificate_no=one.current_certificate or "",
        certificate_date=one.current_date,
        certificate_issuer=one.current_issuer or "",
        history=tuple(
            forms.HistoryRow(f"{row.started}—{row.ended or '至今'}", row.place, row.witness or "")
            for row in history
        ),
        opinion_post=one.post or "",
        opinion_years="" if one.years is None else capitals(one.years),
        condition=_condition(one.condition or ""),
        result="" if outcome.text == "未完成" else outcome.text,
        result_on=batch.results_on,
    )


def _held_certificate(one: Candidate) -> str:
    level = one.current_level.name if one.current_level else ""
    return " ".join(part for part in (one.current_title or "", level) if part)


def _condition(text: str) -> str:
    """Return the route as printed before the word 条件; a bare number becomes 第n条."""
    written = text.strip().removesuffix("。").removesuffix("条件")
    return f"第{written}条" if written.isdecimal() else written
