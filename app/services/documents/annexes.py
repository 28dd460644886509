"""Which data do the forms annexed to the notice contain?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.records.code_lists import CodeName, code_lists, code_name
from app.core.scope import AnySession
from app.models import Batch, Candidate, Certificate
from app.rules.certificates.segment import contiguous_runs
from app.rules.results.results import count_results
from app.services.filing import filing
from app.services.filing.late_filing import filing_exception_of
from app.services.results import scoring
from app.services.sign_up import applications
from app.sheets import forms


def _exception(session: AnySession, batch: Batch) -> str:
    given = filing_exception_of(session, batch)
    return "" if given is None else given.text


def roster_form(session: AnySession, batch: Batch, on: date) -> forms.Composed:
    """Return 附件2 (人员名册备案表) of the batch in the edition in force on ``on``."""
    lists = code_lists(session)
    rows = [
        forms.RosterRow(
            name=one.name,
            gender=code_name(one.gender, lists["gender"]),
            id_number=one.id_number,
            education=code_name(one.education or "", lists["education"]),
            employer=one.employer or "",
            post=one.post or "",
            years="" if one.years is None else str(one.years),
            occupation=one.occupation.name,
            work_type=one.work_type.name,
            level=one.level.name,
            current_level=one.current_level.name if one.current_level else "",
            current_certificate=one.current_certificate or "",
            phone=one.phone or "",
            remark=one.remark or "",
        )
        for one in scoring.candidates_with_scores(session, batch)
    ]
    form = forms.RosterForm(
        body_name=batch.body.name,
        enterprise_name=batch.enterprise.name if batch.enterprise else "",
        filler=batch.contact or "",
        filler_phone=batch.phone or "",
        filled_on=batch.submitted_on,
        rows=tuple(rows),
        exception=_exception(session, batch),
    )
    return forms.compose_form(form, on)


def _span(start: datetime | None, end: datetime | None) -> str:
    if start is None:
        return ""
    until = f"-{end:%H:%M}" if end is not None else ""
    return f"{start:%Y-%m-%d %H:%M}{until}"


def arrangement_form(session: AnySession, batch: Batch, on: date) -> forms.Composed:
    """Return 附件3 (考务安排表) of the batch in the edition in force on ``on``."""
    rows = [
        forms.ArrangementRow(
            held_on=one.exam_date,
            occupation=one.occupation.name,
            work_type=one.work_type.name,
            level=one.level.name,
            level_digit=one.level.digit,
            head_count=one.headcount,
            site_contact=" ".join(part for part in (one.site_contact, one.site_phone) if part),
            theory_form=one.theory_form or "",
            theory_time=_span(one.theory_start, one.theory_end),
            theory_place=one.theory_place or "",
            practical_form=one.practical_form or "",
            practical_time=_span(one.practical_start, one.practical_end),
            practical_place=one.practical_place or "",
            assessors="、".join(person.name for person in one.assessors),
            supervisors="、".join(person.name for person in one.supervisors),
        )
        for one in filing.exam_sessions(session, batch)
    ]
    form = forms.ArrangementForm(
        body_name=batch.body.name,
        contact=batch.contact or "",
        contact_phone=batch.phone or "",
        filled_on=batch.submitted_on,
        rows=tuple(rows),
        exception=_exception(session, batch),
    )
    return forms.compose_form(form, on)


def summary_form(session: AnySession, batch: Batch, on: date) -> forms.Composed:
    """Return 附件4（一） of the batch: counts and number segments by group."""
    lists = code_lists(session)
    candidates = scoring.candidates_with_scores(session, batch)
    numbers = _numbers_by_group(session, batch)
    level_names = {one.level.digit: one.level.name for one in candidates}
    codes = {one.occupation.name: one.occupation.code for one in candidates}
    groups = count_results(scoring.results_of(candidates, scoring.outcomes(session, batch)))
    groups.sort(key=lambda group: codes[group.occupation])  # as certificates are numbered
    rows = [
        forms.ResultSummaryRow(
            occupation=group.occupation,
            work_type=group.work_type,
            level=level_names[group.level],
            admitted=group.entered,
            # Leave the cell blank while no result is known: 0 would say that all failed.
            passed=None if group.unfinished == group.entered else group.passed,
            segments=tuple(
                run.text
                for run in contiguous_runs(
                    numbers.get((group.occupation, group.work_type, group.level), ())
                )
            ),
        )
        for group in groups
    ]
    form = forms.ResultSummaryForm(
        body_name=batch.body.name,
        body_number=batch.body.code,
        place=batch.place or "",
        contact=batch.contact or "",
        contact_phone=batch.phone or "",
        targets=(code_name(batch.target, lists["evaluation_target"]),),
        methods=(code_name(batch.mode, lists["evaluation_mode"]),),
        examined_from=batch.exam_date,
        examined_to=batch.exam_end or batch.exam_date,
        rows=tuple(rows),
    )
    return forms.compose_form(form, on)


def _numbers_by_group(session: AnySession, batch: Batch) -> dict[tuple[str, str, str], list[str]]:
    found: dict[tuple[str, str, str], list[str]] = {}
    # Void certificates keep their numbers, so count them: segments must match the passes.
    for one in _numbered(session, batch):
        key = (one.occupation.name, one.work_type.name, one.level.digit)
        found.setdefault(key, []).append(one.number)
    return found


def _certificates(session: AnySession, batch: Batch) -> list[Certificate]:
    return [one for one in _numbered(session, batch) if one.state != "void"]


def _numbered(session: AnySession, batch: Batch) -> Sequence[Certificate]:
    return session.scalars(
        select(Certificate)
        .where(Certificate.batch_id == batch.id)
        .options(
            selectinload(Certificate.occupation),
            selectinload(Certificate.work_type),
            selectinload(Certificate.level),
            selectinload(Certificate.candidate),
        )
        .order_by(Certificate.number)
    ).all()


def list_form(session: AnySession, batch: Batch, on: date) -> forms.Composed:
    """Return 附件4（二） of the batch: its certificates by number.

    Void ones are left out. Before any number exists the rows are the candidates who passed.
    """
    kinds = code_lists(session)["document_kind"]
    issued = _certificates(session, batch)
    rows = [_result_row(batch, one.candidate, kinds, one) for one in issued]
    if not issued and not _numbered(session, batch):
        rows = [_result_row(batch, one, kinds) for one in _passed(session, batch)]
    form = forms.ResultListForm(
        body_name=batch.body.name,
        filler=batch.contact or "",
        filler_phone=batch.phone or "",
        filled_on=batch.results_on,
        rows=tuple(rows),
    )
    return forms.compose_form(form, on)


def _result_row(
    batch: Batch,
    person: Candidate,
    kinds: Sequence[CodeName],
    certificate: Certificate | None = None,
) -> forms.ResultListRow:
    """Return a person's row as on the certificate; without one, number and date stay blank."""
    source = certificate or person
    return forms.ResultListRow(
        name=person.name if certificate is None else certificate.holder,
        id_kind=code_name(person.document_kind, kinds),
        id_number=source.id_number,
        employer=person.employer or "",
        occupation=source.occupation.name,
        work_type=source.work_type.name,
        level=source.level.name,
        certificate_no="" if certificate is None else certificate.number,
        issued_on=None if certificate is None else certificate.issued_on,
        body_name=batch.body.name,
        issuer=batch.body.name,
    )


def _passed(session: AnySession, batch: Batch) -> list[Candidate]:
    outcomes = scoring.outcomes(session, batch)
    people = scoring.candidates_with_scores(session, batch)
    return [one for one in people if outcomes.of(one).passed]


def applications_form(
    session: AnySession, batch: Batch, on: date, only: frozenset[int] = frozenset()
) -> forms.Composed:
    """Return 附件1 (申报表) of each candidate, or of those with the ids ``only``."""
    return forms.compose_applications(applications.of_batch(session, batch, only), on)
