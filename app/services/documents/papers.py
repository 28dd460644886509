"""What stands in the letters, notices and lists around a batch? Gathered here, drawn by sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.core.masking import mask_identity
from app.core.records.code_lists import CodeName, code_lists, code_name
from app.core.scope import AnySession
from app.models import ArchiveFile, Batch, Candidate, Commission, ExamSession, Score
from app.models.results.score import PAPER_STATES
from app.rules.results.scoring import shown_mark
from app.services import publicities
from app.services.certificates import certificates
from app.services.filing import filing
from app.services.results import announcement, scoring
from app.sheets import forms

PAPER_NAMES = (("theory", "理论考试"), ("practical", "实操考试"))
_STATES = dict(PAPER_STATES)


def commission_letter(session: AnySession, batch: Batch, on: date) -> forms.Composed:
    """委托函 of the batch's commission; a blank one where it has none or none was issued."""
    given = batch.commission
    letters = [(given.no, letter_of(given))] if given is not None and given.letter_no else []
    return forms.compose_papers(letters, forms.CommissionLetter, on)


def letter_of(commission: Commission) -> forms.CommissionLetter:
    """What the letter of a commission says."""
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
    """公示 of the batch's latest publicity, names and numbers masked; blank before there is one."""
    publicity = publicities.publicity_of(session, batch)
    if publicity is None:
        return forms.compose_papers([], forms.PublicityNotice, on)
    told = announcement.announcement_of(session, publicity)
    notice = forms.PublicityNotice(
        body_name=told.body,
        enterprise_name=batch.enterprise.name if batch.enterprise else "参评单位",
        batch_no=told.batch_no,
        opens_on=told.opens_on,
        closes_on=told.closes_on,
        workdays=f"（{told.days}个工作日）" if told.days else "",
        phone=told.phone,
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
            for one in told.rows
        ),
    )
    return forms.compose_papers([(publicity.no, notice)], forms.PublicityNotice, on)


def result_notices(
    session: AnySession, batch: Batch, on: date, only: frozenset[int] = frozenset()
) -> forms.Composed:
    """A notice of the outcome for each candidate, or for those with the keys ``only``."""
    found = scoring.outcomes(session, batch)
    numbers = {one.candidate_id: one.number for one in certificates.of_batch(session, batch)}
    people = [one for one in scoring.candidates_with_scores(session, batch) if _wanted(one, only)]
    notices = [
        (one.name, _notice(batch, one, found.of(one).text, numbers.get(one.id, "")))
        for one in people
    ]
    return forms.compose_papers(notices, forms.ResultNotice, on)


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
    """The mark as it is read out: a number, or why there is none."""
    if score is None:
        return ""
    state, mark = getattr(score, f"{paper}_state"), getattr(score, paper)
    if state != "normal":
        return _STATES.get(state, "")
    return "" if mark is None else shown_mark(mark)


@dataclass(frozen=True)
class Seated:
    """A candidate of a session with the seat, numbered from 1 in roster order."""

    held: ExamSession
    seat: int
    candidate: Candidate


def seats(session: AnySession, batch: Batch) -> list[Seated]:
    """Who sits where: each session takes, in roster order, as many of its group as it is for.

    Whom no session has room for sits in the group's last one, so that nobody is left out.
    """
    waiting: dict[tuple[int, int], list[Candidate]] = {}
    for one in scoring.candidates_with_scores(session, batch):
        waiting.setdefault((one.work_type_id, one.level_id), []).append(one)
    held = filing.exam_sessions(session, batch)
    last = {(one.work_type_id, one.level_id): one.id for one in held}
    found: list[Seated] = []
    for one in held:
        group = (one.work_type_id, one.level_id)
        queue = waiting.get(group, [])
        count = len(queue) if last[group] == one.id else one.headcount
        taken, waiting[group] = queue[:count], queue[count:]
        found += [Seated(one, seat, person) for seat, person in enumerate(taken, start=1)]
    return found


def sign_in_sheets(session: AnySession, batch: Batch, on: date) -> forms.Composed:
    """A 签到表 for each paper of each session that has a time or a place."""
    genders = code_lists(session).get("gender", ())
    sheets = [
        (f"{one.work_type.name}{title}", _sign_in(batch, one, paper, title, people, genders))
        for one, people in _by_session(seats(session, batch))
        for paper, title in PAPER_NAMES
        if getattr(one, f"{paper}_start") or getattr(one, f"{paper}_place")
    ]
    return forms.compose_papers(sheets, forms.SignInSheet, on)


def _by_session(seated: Sequence[Seated]) -> Iterator[tuple[ExamSession, list[Seated]]]:
    found: dict[int, list[Seated]] = {}
    for one in seated:
        found.setdefault(one.held.id, []).append(one)
    for people in found.values():
        yield people[0].held, people


def _sign_in(
    batch: Batch,
    held: ExamSession,
    paper: str,
    title: str,
    people: Sequence[Seated],
    genders: Sequence[CodeName],
) -> forms.SignInSheet:
    return forms.SignInSheet(
        body_name=batch.body.name,
        batch_no=batch.no,
        paper=title,
        occupation=held.occupation.name,
        work_type=held.work_type.name,
        level=held.level.name,
        held=_time(held, paper),
        place=getattr(held, f"{paper}_place") or "",
        assessors="、".join(one.name for one in held.assessors),
        rows=tuple(
            forms.SignInRow(
                seat=f"{one.seat:02d}",
                name=one.candidate.name,
                gender=code_name(one.candidate.gender, genders),
                id_number=one.candidate.id_number,
                employer=one.candidate.employer or "",
            )
            for one in people
        ),
    )


def _time(held: ExamSession, paper: str) -> str:
    start, end = getattr(held, f"{paper}_start"), getattr(held, f"{paper}_end")
    if start is None:
        return f"{held.exam_date:%Y-%m-%d}"
    until = f"-{end:%H:%M}" if end is not None else ""
    return f"{start:%Y-%m-%d %H:%M}{until}"


def desk_labels(session: AnySession, batch: Batch, _on: date) -> forms.Composed:
    """A label for each candidate's desk in the written paper; the number masked."""
    return forms.compose_labels(
        [
            forms.DeskLabel(
                seat=f"{one.seat:02d}",
                name=one.candidate.name,
                id_number=mask_identity(one.candidate.id_number),
                subject=f"{one.held.work_type.name} {one.held.level.name}",
                held=_time(one.held, "theory"),
                place=one.held.theory_place or "",
            )
            for one in seats(session, batch)
        ]
    )


def archive_inventory(session: AnySession, batch: Batch, on: date) -> forms.Composed:
    """存档目录 of the batch as it stands."""
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
    return forms.compose_papers([(batch.no, inventory)], forms.ArchiveInventory, on)
