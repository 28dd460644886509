"""How does a test bring a batch to where it wants it: ready to file, then step by step?

The acts are taken through the services, so that what a test starts from could have come about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import select

from app.core import clock, scope
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.workflow import moves
from app.models import (
    Assessor,
    Batch,
    Body,
    Candidate,
    Certificate,
    CertificateChange,
    ExamPaper,
    ExamSession,
    Level,
    Material,
    PrintingAgreement,
    Publicity,
    Score,
    Supervisor,
    WorkType,
)
from app.roles import PROVINCE_ADMIN
from app.services import publicities
from app.services.results import scoring
from tests.factories import (
    EXAM,
    PROVINCE,
    WORK_TYPES,
    actor,
    assessor,
    batch,
    body,
    candidates,
    centre,
    clerk,
    keep,
    plan,
    supervisor,
)

_serial = count(1)


def agreement(session: AnySession, of: Body) -> PrintingAgreement:
    """A printing agreement of the body in force all year."""
    number = next(_serial)
    made = PrintingAgreement(
        no=f"BM-{number}",
        body=of,
        printer="新彩印务",
        qualification="印刷经营许可证",
        signed_on=date(2021, 1, 4),
        valid_to=date(2021, 12, 31),
    )
    return keep(session, made)


def arrange(session: AnySession, of: Batch, roster: Sequence[Candidate]) -> list[ExamSession]:
    """An exam session and a paper for every work type and level of the roster.

    Each occupation has its room, its workshop and three assessors; all have one supervisor.
    """
    groups: dict[tuple[WorkType, Level], int] = {}
    for person in roster:
        key = (person.work_type, person.level)
        groups[key] = groups.get(key, 0) + 1
    watcher = supervisor(session, None)
    crews = {
        job: [assessor(session, of.body, occupations=[job]) for _ in range(3)]
        for job in dict.fromkeys(kind.occupation for kind, _ in groups)
    }
    bound = agreement(session, of.body)
    made = [
        ExamSession(
            batch=of,
            serial=place,
            exam_date=of.exam_date,
            occupation=kind.occupation,
            work_type=kind,
            level=rank,
            headcount=size,
            theory_form="机考",
            theory_start=_at(of, 9),
            theory_end=_at(of, 10, 30),
            theory_place=f"{of.no}{kind.occupation.name}机房",
            practical_form="现场操作",
            practical_start=_at(of, 14),
            practical_end=_at(of, 17),
            practical_place=f"{of.no}{kind.occupation.name}车间",
            assessors=crews[kind.occupation],
            supervisors=[watcher],
        )
        for place, ((kind, rank), size) in enumerate(groups.items(), start=1)
    ]
    papers = [
        ExamPaper(
            batch=of, work_type=kind, level=rank, source="bank", agreement=bound, copies=size + 1
        )
        for (kind, rank), size in groups.items()
    ]
    with scope.acting(session, SYSTEM):
        session.add_all([*made, *papers])
        session.commit()
    return made


def _at(of: Batch, hour: int, minute: int = 0) -> datetime:
    day = of.exam_date
    return datetime(day.year, day.month, day.day, hour, minute)


def hand_in(session: AnySession, of: Batch) -> list[Material]:
    """The materials that every filing carries, each as one file for the whole batch."""
    made = [
        Material(batch=of, kind=kind, filename=f"{kind}.txt", size=2, digest=kind, content=b"ok")
        for kind in ("employer_statement", "application", "social_insurance")
    ]
    with scope.acting(session, SYSTEM):
        session.add_all(made)
        session.commit()
    return made


def ready_batch(
    session: AnySession,
    of: Body | None = None,
    number: int = 3,
    *,
    seed: int | None = None,
    exam: date = EXAM,
    levels: Sequence[str] = ("4",),
    work_types: Sequence[str] = WORK_TYPES[:1],
    **values: Any,
) -> Batch:
    """A draft batch whose filing no centre would send back on 2021-04-12.

    Its people are its own, unless a ``seed`` calls for certain ones.
    """
    of = of or body(session)
    made = batch(
        session,
        of,
        exam=exam,
        plan=plan(session, of),
        promise_public=True,
        roster_checked=True,
        roster_approved=True,
        **values,
    )
    chosen = 1000 + next(_serial) if seed is None else seed
    roster = candidates(session, made, number, levels=levels, work_types=work_types, seed=chosen)
    arrange(session, made, roster)
    hand_in(session, made)
    insure(session, made)
    return made


def insure(session: AnySession, of: Batch, person: Candidate | None = None) -> Material:
    """Evidence of social insurance for the whole batch, or for one person."""
    made = Material(
        batch=of, candidate=person, kind="social_insurance", filename="社保.txt", content=b"x"
    )
    return keep(session, made)


def cards(session: AnySession) -> list[Assessor | Supervisor]:
    """Everyone's cards."""
    with scope.acting(session, SYSTEM):
        return [*session.scalars(select(Assessor)), *session.scalars(select(Supervisor))]


def agreements(session: AnySession) -> Sequence[PrintingAgreement]:
    """All printing agreements."""
    with scope.acting(session, SYSTEM):
        return session.scalars(select(PrintingAgreement)).all()


def give_scores(session: AnySession, of: Batch, failing: Iterable[int] = ()) -> list[Score]:
    """Marks for the whole roster: 80 each, 40 in practice for the serials that fail."""
    failed = set(failing)
    with scope.acting(session, SYSTEM):
        roster = scoring.candidates_with_scores(session, of)
        made = [
            Score(
                batch=of,
                candidate=person,
                theory=Decimal(80),
                practical=Decimal(40) if person.serial in failed else Decimal(80),
                review=Decimal(80) if person.level.digit in "21" else None,
            )
            for person in roster
        ]
        for row in made:
            scoring.judge(session, row)
        session.add_all(made)
        session.commit()
    return made


#: Each step on the usual way, with the day on which the tests take it.
WAY: tuple[tuple[str, str, date], ...] = (
    ("submit", "submitted", date(2021, 4, 12)),
    ("file", "filed", date(2021, 4, 13)),
    ("begin_exam", "examining", date(2021, 4, 24)),
    ("score", "scored", date(2021, 4, 25)),
    ("publicise", "publicising", date(2021, 4, 26)),
    ("submit_results", "results_submitted", date(2021, 5, 8)),
    ("review_results", "results_reviewed", date(2021, 5, 10)),
    ("register", "registered", date(2021, 5, 11)),
    ("certify", "certified", date(2021, 5, 12)),
    ("archive", "archived", date(2021, 5, 13)),
)
DAYS = {state: day for _, state, day in WAY}


def take(session: AnySession, of: Batch, to: str, *, failing: Iterable[int] = ()) -> Batch:
    """Take a ready batch along the usual way until it stands in ``to``, by the system's hand."""
    names = [state for _, state, _ in WAY]
    start = names.index(of.state) + 1 if of.state in names else 0
    for move, state, day in WAY[start : names.index(to) + 1]:
        if move == "score" and not of_scores(session, of):
            give_scores(session, of, failing)
        if move == "submit_results":
            close_publicity(session, of, day)
        with scope.acting(session, SYSTEM), clock.set_to(day):
            moves.act(session, SYSTEM, of, move)
        assert of.state == state
    return of


def of_scores(session: AnySession, of: Batch) -> Sequence[Score]:
    """The batch's scores."""
    with scope.acting(session, SYSTEM):
        return session.scalars(select(Score).where(Score.batch_id == of.id)).all()


def publicity(session: AnySession, of: Batch) -> Publicity:
    """The batch's publicity."""
    with scope.acting(session, SYSTEM):
        found = publicities.publicity_of(session, of)
    assert found is not None
    return found


def close_publicity(session: AnySession, of: Batch, day: date) -> Publicity:
    """End the batch's publicity on that day."""
    found = publicity(session, of)
    with scope.acting(session, SYSTEM), clock.set_to(day):
        moves.act(session, SYSTEM, found, "close")
    return found


def change(session: AnySession, of: Certificate, kind: str, reason: str, **new: Any) -> Any:
    """A change of the certificate, applied for by the body's clerk, allowed by the province."""
    province = actor(PROVINCE_ADMIN, at=centre(session, PROVINCE))
    made = draft_change(session, of, kind, reason, **new)
    moves.act(session, clerk(of.body), made, "submit")
    moves.act(session, province, made, "approve")
    return made


def draft_change(session: AnySession, of: Certificate, kind: str, reason: str, **new: Any) -> Any:
    """An application to change the certificate, with evidence, as the body's clerk draws it up."""
    made = CertificateChange(
        certificate=of,
        kind=kind,
        reason=reason,
        detail="见证明材料",
        filename="说明.pdf",
        content=b"%PDF-1.4",
        **new,
    )
    record.add(session, clerk(of.body), made)
    return made
