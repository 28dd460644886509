"""Which documents does the examination room need: seats, sign-in sheets, desk labels?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.masking import mask_identity
from app.core.records.code_lists import CodeName, code_lists, code_name
from app.core.scope import AnySession
from app.models import Batch, Candidate, ExamSession
from app.services.filing import filing
from app.services.results import scoring
from app.sheets import forms

PAPER_NAMES = (("theory", "理论考试"), ("practical", "实操考试"))


@dataclass(frozen=True)
class Seated:
    """A candidate of a session and their seat, numbered from 1 in roster order."""

    held: ExamSession
    seat: int
    candidate: Candidate


def seats(session: AnySession, batch: Batch) -> list[Seated]:
    """Seat the candidates: each session takes its headcount from its group in roster order.

    The group's last session takes all who remain, so that everyone has a seat.
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
    """Return a 签到表 for each paper of each session that has a time or a place."""
    genders = code_lists(session).get("gender", ())
    sheets = [
        (f"{one.work_type.name}{title}", _sign_in(batch, one, paper, title, people, genders))
        for one, people in _by_session(seats(session, batch))
        for paper, title in PAPER_NAMES
        if getattr(one, f"{paper}_start") or getattr(one, f"{paper}_place")
    ]
    return forms.compose_documents(sheets, forms.SignInSheet, on)


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
    """Return a desk label for each candidate in the theory paper, identity number masked."""
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
