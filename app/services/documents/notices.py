"""Which data do a batch's letters, notices and lists contain?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.core.records.code_lists import code_lists, code_name
from app.core.scope import AnySession
from app.models import ArchiveFile, Batch, Candidate, Commission, Score
from app.models.results.score import PAPER_STATES
from app.rules.results.scoring import shown_mark
from app.services import publicities
from app.services.certificates import certificates
from app.services.results import announcement, scoring
from app.sheets import forms

_STATES = dict(PAPER_STATES)


def commission_letter(session: AnySession, batch: Batch, on: date) -> forms.Composed:
    """Return the 委托函 of the batch's commission; a blank form where none was issued."""
    given = batch.commission
    letters = [(given.no, letter_of(given))] if given is not None and given.letter_no else []
    return forms.compose_documents(letters, forms.CommissionLetter, on)


def letter_of(commission: Commission) -> forms.CommissionLetter:
    """Return the content of a commission's letter."""
    enterprise = commission.enterprise
    return forms.CommissionLetter(
        centre_name=commission.centre.name,
        letter_no=commission.letter_no or "",
        body_name=commission.body.name,
        enterprise_name=enterprise.name,
        credit_code=enterprise.credit_code,
        content=commission.content or "",
        valid_to=commission.valid_to,
        signed_on=commission.letter_date,
    )


def publicity_notice(session: AnySession, batch: Batch, on: date) -> forms.Composed:
    """Return the 公示 of the batch's latest publicity; a blank form where there is none.

    Names and identity numbers are masked.
    """
    publicity = publicities.publicity_of(session, batch)
    if publicity is None:
        return forms.compose_documents([], forms.PublicityNotice, on)
    announced = announcement.announcement_of(session, publicity)
    notice = forms.PublicityNotice(
        body_name=announced.body,
        enterprise_name=batch.enterprise.name if batch.enterprise else "参评单位",
        batch_no=announced.batch_no,
        opens_on=announced.opens_on,
        closes_on=announced.closes_on,
        workdays=f"（{announced.days}个工作日）" if announced.days else "",
        phone=announced.phone,
        rows=tuple(
            forms.NoticeRow(
                name=one.name,
                id_number=one.id_number,
                employer=one.employer,
                occupation=one.occupation,
                work_type=one.work_type,
                level=one.level,
                result=one.result,
            )
            for one in announced.rows
        ),
    )
    return forms.compose_documents([(publicity.no, notice)], forms.PublicityNotice, on)


def result_notices(
    session: AnySession, batch: Batch, on: date, only: frozenset[int] = frozenset()
) -> forms.Composed:
    """Return a notice of the outcome for each candidate, or for those with the ids ``only``."""
    found = scoring.outcomes(session, batch)
    numbers = {one.candidate_id: one.number for one in certificates.of_batch(session, batch)}
    people = [one for one in scoring.candidates_with_scores(session, batch) if _wanted(one, only)]
    notices = [
        (one.name, _notice(batch, one, found.of(one).text, numbers.get(one.id, "")))
        for one in people
    ]
    return forms.compose_documents(notices, forms.ResultNotice, on)


def _wanted(one: Candidate, only: frozenset[int]) -> bool:
    return not only or one.id in only


def _notice(batch: Batch, one: Candidate, result: str, number: str) -> forms.ResultNotice:
    score = scoring.score_of(one)
    return forms.ResultNotice(
        serial_no=f"{batch.no}-{one.serial:04d}",
        number=one.serial,
        name=one.name,
        id_number=one.id_number,
        employer=one.employer or "",
        occupation=one.occupation.name,
        work_type=one.work_type.name,
        level=one.level.name,
        theory=_mark(score, "theory"),
        practical=_mark(score, "practical"),
        review=_mark(score, "review"),
        result=result,
        certificate_no=number,
        body_name=batch.body.name,
        phone=batch.complaint_phone or "",
        signed_on=batch.results_on,
    )


def _mark(score: Score | None, paper: str) -> str:
    """Return the mark as printed: a number, or the word for why there is none."""
    if score is None:
        return ""
    state, mark = getattr(score, f"{paper}_state"), getattr(score, paper)
    if state != "normal":
        return _STATES.get(state, "")
    return "" if mark is None else shown_mark(mark)


def archive_inventory(session: AnySession, batch: Batch, on: date) -> forms.Composed:
    """Return the 存档目录 of the batch as it is now."""
    lists = code_lists(session)
    kept = session.scalars(
        select(ArchiveFile).where(ArchiveFile.batch_id == batch.id).order_by(ArchiveFile.id)
    )
    inventory = forms.ArchiveInventory(
        body_name=batch.body.name,
        batch_no=batch.no,
        batch_name=batch.name,
        archived_on=batch.archived_on,
        keeper=batch.contact or "",
        rows=tuple(
            forms.InventoryRow(
                kind=code_name(one.kind, lists.get("archive_kind", ())),
                title=one.title,
                carrier=code_name(one.carrier, lists.get("carrier", ())),
                quantity=one.quantity,
                place=one.place or "",
                archived_on=one.archived_on,
                keep_until=one.keep_until,
                remark=one.remark or "",
            )
            for one in kept
        ),
    )
    return forms.compose_documents([(batch.no, inventory)], forms.ArchiveInventory, on)
