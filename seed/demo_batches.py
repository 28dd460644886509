"""Which batches does the demo centre have, one in every state?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.core import clock, practice, scope
from app.core.database import db
from app.core.records import record
from app.core.roles import SYSTEM, Actor
from app.core.workflow import moves
from app.models import (
    Batch,
    Body,
    Centre,
    Complaint,
    Inspection,
    Objection,
)
from app.services import publicities
from app.services.demonstration import missing_cards, preparations
from app.services.demonstration import stand_ins as people
from app.services.demonstration.batch_walk import Walk, Workbook, Workbooks
from app.services.demonstration.workbook_facts import Named
from app.services.reference.terms import calendar
from seed import workbooks
from seed.demo_rows import PROVINCE, count_of, one_row
from seed.people import enterprises


def issue_cards() -> None:
    """Register cards of the demo body's examiners, valid as long as its registration."""
    body: Body = one_row(Body, code="DEMO")
    jobs: dict[str, frozenset[str]] = {}
    for trade in (*workbooks.TRADES, workbooks.CRANES):
        for name in trade.assessors:
            jobs[name] = jobs.get(name, frozenset()) | {trade.occupation}
    clerk = people.clerk_of_body(db.session, body.id)
    named = Named(jobs, (workbooks.SUPERVISOR,))
    with scope.acting(db.session, clerk):
        missing_cards.register(db.session, clerk, body, named, (body.valid_from, body.valid_to))


@dataclass(frozen=True)
class DemoBatch:
    """A batch of the demo centre: its body, its state and its exam day from the anchor."""

    body: str
    state: str
    days: int
    people: int


BATCHES = (
    DemoBatch("DEMO", "archived", -75, 24),
    DemoBatch("DEMO", "certified", -45, 18),
    DemoBatch("HBYZ", "registered", -40, 12),
    DemoBatch("DEMO", "results_reviewed", -33, 15),
    DemoBatch("DEMO", "results_submitted", -28, 20),
    DemoBatch("HBYZ", "results_returned", -27, 12),
    DemoBatch("DEMO", "publicising", -7, 16),
    DemoBatch("DEMO", "scored", -3, 14),
    DemoBatch("DEMO", "examining", -1, 12),
    DemoBatch("HBYZ", "suspended", -2, 10),
    DemoBatch("DEMO", "filed", 4, 18),
    DemoBatch("DEMO", "submitted", 14, 22),
    DemoBatch("HBYZ", "submitted", 15, 12),
    DemoBatch("DEMO", "returned", 17, 12),
    DemoBatch("HBYZ", "withdrawn", 20, 8),
    DemoBatch("DEMO", "draft", 24, 25),
)

#: The last batch's exam, its publicity and some days for the procedure after that.
LONGEST_WALK = timedelta(days=60)

#: State off the usual course → the state to reach first, the move to make there and its note.
DETOURS: dict[str, tuple[str, str, str]] = {
    "returned": ("submitted", "return", "考务安排缺少实操考场消防合格证明，请补充后重报"),
    "results_returned": (
        "results_submitted",
        "return_results",
        "第3名人员姓名与身份证不符，请更正",
    ),
    "withdrawn": ("draft", "withdraw", "企业生产任务调整，本批次取消"),
    "suspended": ("examining", "suspend", "督导发现实操考场不符合安全要求，暂停考评"),
}


def load_batches() -> None:
    """Add the demo batches, each taken to its state, unless there are batches already.

    Where no batch could be walked to its end from the real day, the practice day is chosen so.
    """
    if count_of(Batch):
        return
    issue_cards()
    anchor = _anchor()
    if anchor != clock.today():
        practice.choose_day(db.session, anchor)
    for place, wanted in enumerate(BATCHES):
        _batch(wanted, place, anchor)
    _supervise(anchor)


def _anchor() -> date:
    """Return today, or a day in the last year whose holidays are known, to count real days."""
    today, days = clock.today(), calendar(db.session)
    known = next(year for year in range(today.year + 1, 2020, -1) if days.knows(year))
    return today if (today + LONGEST_WALK).year <= known else date(known, 10, 20)


def _batch(wanted: DemoBatch, place: int, anchor: date) -> None:
    body: Body = one_row(Body, code=wanted.body)
    company = enterprises(8, 2021)[place % 8]
    exam = anchor + timedelta(days=wanted.days)
    clerk = people.clerk_of_body(db.session, body.id)
    entries = workbooks.entries(wanted.people, 100 + place, exam, workbooks.TRADES)
    files = Workbooks(
        Workbook("人员名册.xlsx", workbooks.roster(entries, company.name, place)),
        Workbook(
            "考务安排.xlsx",
            workbooks.arrangement(entries, exam, body.region.name, workbooks.SUPERVISOR),
        ),
        Workbook("成绩.xlsx", workbooks.scores(entries, place)),
    )
    before = calendar(db.session).latest_submission(exam) - timedelta(days=4)
    with clock.set_to(min(before, anchor - timedelta(days=5))):
        walk = Walk(db.session, clerk, body, files)
        batch = walk.prepare()
    until, move, note = DETOURS.get(wanted.state, (wanted.state, "", ""))
    if until != "draft":
        walk.to(until)
    if move:
        _detour(batch, move, note, walk)


def _detour(batch: Batch, move: str, note: str, walk: Walk) -> None:
    reviewer: Actor = preparations.as_reviewer(db.session, batch, move)
    with clock.set_to(walk.day), scope.acting(db.session, reviewer):
        moves.act(db.session, reviewer, batch, move, note)


def _supervise(anchor: date) -> None:
    """Add a problem that keeps a publicity open, a complaint, and a check with findings."""
    batch = db.session.scalars(select(Batch).where(Batch.state == "publicising")).first()
    if batch is None:
        return
    publicity = publicities.publicity_of(db.session, batch)
    with clock.set_to(anchor):
        raised = Objection(
            publicity=publicity, raised_on=anchor, raised_by="群众来电", phone="0315-2800199",
            content="反映一名参评人员从事本职业年限不实，请核查。",
        )  # fmt: skip
        record.add(db.session, SYSTEM, raised)
        complaint = Complaint(
            centre=batch.city_centre, body=batch.body, batch=batch, received_on=anchor,
            channel="telephone", content="反映理论考场电脑故障后未及时更换座位。",
        )  # fmt: skip
        record.add(db.session, SYSTEM, complaint)
        check = Inspection(
            kind="spot_check", batch=batch, centre=one_row(Centre, code=PROVINCE),
            inspected_on=batch.exam_date, place=batch.place,
            findings="实操考场安全警示标识不全", rectify_by=anchor + timedelta(days=10),
        )  # fmt: skip
        record.add(db.session, SYSTEM, check)
        moves.act(db.session, SYSTEM, check, "order", "十日内补齐安全警示标识并报送照片")
