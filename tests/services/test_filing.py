"""Are the facts of a filing gathered as they stand in the database, and do the rules hear them?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock
from app.core.errors import RulesBroken
from app.core.roles import SYSTEM
from app.core.workflow import moves
from app.models import (
    Assessor,
    Batch,
    BodyScope,
    CalendarYear,
    Candidate,
    Commission,
    ExamPaper,
    ExamSession,
    Supervisor,
    WorkdayOverride,
)
from app.services.filing import filing
from app.services.sign_up import sign_up
from tests import factories, procedure

DB = scoped_session[Session]


def objections(db: DB, batch: Batch, day: date = factories.FILED) -> list[str]:
    with clock.set_to(day):
        return [one.code for one in filing.problems(db, batch)]


@pytest.fixture
def batch(db: DB) -> Batch:
    return procedure.ready_batch(db, number=4, levels=("4", "3"), work_types=("数控车工",))


def test_a_complete_filing_meets_no_objection(db: DB, batch: Batch) -> None:
    assert objections(db, batch) == []


# -- one thing wrong at a time -------------------------------------------------------------------

Break = Callable[[DB, Batch], Any]


def _no_roster(db: DB, batch: Batch) -> None:
    db.execute(delete(Candidate))


def _no_sessions(db: DB, batch: Batch) -> None:
    for row in db.scalars(select(ExamSession)):
        db.delete(row)


def _one_more_expected(db: DB, batch: Batch) -> None:
    db.scalars(select(ExamSession)).first().headcount += 1  # type: ignore[union-attr]


def _no_supervisor(db: DB, batch: Batch) -> None:
    db.scalars(select(ExamSession)).first().supervisors = []  # type: ignore[union-attr]


def _other_day(db: DB, batch: Batch) -> None:
    for row in db.scalars(select(ExamSession)):
        row.exam_date = date(2021, 4, 25)


def _no_papers(db: DB, batch: Batch) -> None:
    db.execute(delete(ExamPaper))


def _unbound_printer(db: DB, batch: Batch) -> None:
    db.scalars(select(ExamPaper)).first().agreement = None  # type: ignore[union-attr]


def _scope_withdrawn(db: DB, batch: Batch) -> None:
    db.execute(delete(BodyScope).where(BodyScope.body_id == batch.body_id))


def _level_too_high(db: DB, batch: Batch) -> None:
    for row in db.scalars(select(BodyScope)):
        row.highest_level = factories.level(db, "4")


def _plan_not_public(db: DB, batch: Batch) -> None:
    assert batch.plan is not None
    moves.act(db, SYSTEM, batch.plan, "withdraw", "不再执行")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_no_roster, "roster_empty"),
        (_no_sessions, "sessions_missing"),
        (_one_more_expected, "session_head_count"),
        (_no_supervisor, "supervisor_missing"),
        (_other_day, "exam_dates_differ"),
        (_no_papers, "paper_missing"),
        (_unbound_printer, "printing_agreement"),
        (_scope_withdrawn, "work_type_out_of_scope"),
        (_level_too_high, "level_out_of_scope"),
        (_plan_not_public, "plan_unpublished"),
        (lambda _db, batch: setattr(batch, "plan", None), "plan_unpublished"),
        (lambda _db, batch: setattr(batch, "promise_public", False), "promise_missing"),
        (lambda _db, batch: setattr(batch, "complaint_phone", ""), "complaint_phone_missing"),
        (lambda _db, batch: setattr(batch, "target", "commissioned"), "commission_missing"),
        (lambda _db, batch: setattr(batch.body, "valid_to", date(2021, 4, 23)), "body_not_valid"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_thing_wrong_is_one_objection(db: DB, batch: Batch, spoil: Break, code: str) -> None:
    spoil(db, batch)
    db.commit()
    db.expire_all()
    assert set(objections(db, batch)) == {code}


def test_a_suspended_body_files_nothing(db: DB, batch: Batch) -> None:
    moves.act(db, SYSTEM, batch.body, "suspend", "整顿")
    assert objections(db, batch) == ["body_not_registered"]


def test_everything_wrong_is_said_at_once(db: DB) -> None:
    bare = factories.batch(db, factories.body(db), target="commissioned")
    found = set(objections(db, bare, date(2021, 4, 23)))
    assert found >= {
        "roster_empty",
        "plan_unpublished",
        "commission_missing",
        "paper_missing",
        "promise_missing",
        "filing_late",
    }


# -- the commission ------------------------------------------------------------------------------


@pytest.fixture
def commissioned(db: DB, batch: Batch) -> Batch:
    """The batch for an enterprise's staff, its commission issued."""
    employer = factories.enterprise(db, "冀东机械有限公司")
    letter = factories.commission(db, batch.body, employer)
    with clock.set_to(factories.FILED):
        moves.act(db, SYSTEM, letter, "submit")
        moves.act(db, SYSTEM, letter, "commission")
    batch.target, batch.commission, batch.enterprise = "commissioned", letter, employer
    db.commit()
    return batch


def test_an_issued_commission_in_force_is_enough(db: DB, commissioned: Batch) -> None:
    assert objections(db, commissioned) == []


def test_a_withdrawn_commission_is_none(db: DB, commissioned: Batch) -> None:
    assert commissioned.commission is not None
    moves.act(db, SYSTEM, commissioned.commission, "withdraw", "不再委托")
    assert objections(db, commissioned) == ["commission_not_in_force"]


def test_a_commission_that_ends_before_the_exam_is_not_enough(db: DB, commissioned: Batch) -> None:
    letter = db.scalars(select(Commission)).one()
    letter.valid_to = date(2021, 4, 23)
    db.commit()
    assert objections(db, commissioned) == ["commission_not_in_force"]


# -- in time -------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [16, 17, 18])
def test_a_filing_five_whole_working_days_ahead_is_in_time(db: DB, batch: Batch, day: int) -> None:
    assert objections(db, batch, date(2021, 4, day)) == []


def test_a_filing_on_monday_the_19th_is_late_and_the_arithmetic_is_shown(
    db: DB, batch: Batch
) -> None:
    with clock.set_to(date(2021, 4, 19)), pytest.raises(RulesBroken) as refused:
        moves.act(db, SYSTEM, batch, "submit")
    (problem,) = refused.value.problems
    assert problem.code == "filing_late"
    assert "须有5个完整工作日：4月19、20、21、22、23日" in problem.message
    assert "最晚2021年4月18日报送，今天2021年4月19日，只剩4个工作日，迟1天" in problem.message
    assert "考试最早可安排在" in problem.message
    assert batch.state == "draft"


def test_a_day_that_the_centre_declares_free_counts_no_more(db: DB, batch: Batch) -> None:
    db.add(WorkdayOverride(day=date(2021, 4, 21), working=False, note="停电"))
    db.commit()
    assert objections(db, batch, date(2021, 4, 16)) == ["filing_late"]


def test_an_exam_in_a_year_without_calendar_is_said_to_be_so(db: DB) -> None:
    body = factories.body(db, valid_to=date(2050, 12, 31))
    with pytest.raises(RulesBroken, match="没有2041年的节假日安排") as refused:
        factories.batch(db, body, exam=date(2041, 4, 20))
    assert [one.field for one in refused.value.problems] == ["exam_date"]
    entered = factories.keep(db, CalendarYear(year=2041, source="国办发明电〔2040〕1号"))
    batch = procedure.ready_batch(db, body, 1, exam=date(2041, 4, 20))
    for paper in db.scalars(select(ExamPaper)):
        paper.agreement.valid_to = None  # type: ignore[union-attr]
    for card in (*db.scalars(select(Assessor)), *db.scalars(select(Supervisor))):
        card.valid_to = date(2044, 12, 31)
    db.commit()
    assert objections(db, batch, date(2041, 4, 1)) == []
    db.delete(entered)
    db.commit()
    assert objections(db, batch, date(2041, 4, 1)) == ["no_calendar"]


# -- the facts themselves ------------------------------------------------------------------------


def test_heads_are_counted_by_occupation_work_type_and_level(db: DB) -> None:
    batch = procedure.ready_batch(
        db, number=6, levels=("4", "3", "3"), work_types=factories.WORK_TYPES
    )
    groups = sign_up.counted(sign_up.people(db, batch))
    counted = {(one.work_type, one.level): one.count for one in groups}
    assert counted == {
        ("数控车工", "4"): 1,
        ("电焊工", "4"): 1,
        ("数控车工", "3"): 2,
        ("电焊工", "3"): 2,
    }


def test_another_batch_of_the_body_does_not_count(db: DB, batch: Batch) -> None:
    procedure.ready_batch(db, batch.body, 5, seed=1)
    assert len(sign_up.people(db, batch)) == 4
    assert objections(db, batch) == []


def test_a_paper_of_which_nothing_is_printed_needs_no_printer(db: DB, batch: Batch) -> None:
    for paper in db.scalars(select(ExamPaper)):
        paper.agreement, paper.copies = None, 0
    db.commit()
    assert objections(db, batch) == []
