"""Who may let a batch be sent in late, for how long does that hold, and is it written down?"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import AppError, NotPermitted, RulesBroken, WrongState
from app.core.history import history
from app.core.records import record
from app.core.roles import Actor
from app.core.tables import Step
from app.core.workflow import moves as workflow
from app.models import Batch, Centre
from app.roles import CITY_ADMIN, CITY_CLERK, PROVINCE_ADMIN
from app.services.filing import filing
from app.services.filing.late_filing import filing_exception_of, void_exception
from tests.factories import BAODING, PROVINCE, TANGSHAN, actor, centre, clerk
from tests.procedure import ready_batch, take

DB = scoped_session[Session]

IN_TIME, LATE = date(2021, 4, 18), date(2021, 4, 19)
REASON = "企业停产检修，经核实"


@pytest.fixture
def batch(db: DB) -> Batch:
    return ready_batch(db)


def admin(db: DB, at: str = TANGSHAN, role: str = CITY_ADMIN) -> Actor:
    return actor(role, at=centre(db, at), name="刘主任")


def do(db: DB, batch: Batch, move: str, by: Actor, day: date = LATE, note: str = REASON) -> None:
    with scope.acting(db, by), clock.set_to(day):
        workflow.act(db, by, batch, move, note)


def refused(db: DB, batch: Batch, move: str, by: Actor, kind: type[AppError], match: str) -> None:
    with pytest.raises(kind, match=match):
        do(db, batch, move, by)
    assert batch.state in ("draft", "returned", "submitted")


def test_a_late_batch_is_sent_in_by_leave_of_the_centre(db: DB, batch: Batch) -> None:
    own = clerk(batch.body)
    refused(db, batch, "submit", own, RulesBroken, "迟1天")
    do(db, batch, "allow_late", admin(db))
    given = filing_exception_of(db, batch)
    assert given is not None
    assert given.text == f"经{centre(db).name} 刘主任 2021-04-19 批准逾期报送：{REASON}"
    assert batch.state == "draft"
    do(db, batch, "submit", own)
    assert (batch.state, batch.submitted_on) == ("submitted", LATE)


def test_what_is_late_with_leave_is_still_said(db: DB, batch: Batch) -> None:
    do(db, batch, "allow_late", admin(db))
    with clock.set_to(LATE):
        (found,) = filing.problems(db, batch)
    assert (found.code, found.severity) == ("filing_late_excepted", "warning")
    assert "迟1天" in found.message
    assert REASON in found.message


def test_the_province_may_stand_in(db: DB, batch: Batch) -> None:
    do(db, batch, "allow_late", admin(db, PROVINCE, PROVINCE_ADMIN))
    assert filing_exception_of(db, batch) is not None


def test_nobody_else_gives_leave(db: DB, batch: Batch) -> None:
    refused(db, batch, "allow_late", clerk(batch.body), NotPermitted, "市中心管理员")
    refused(db, batch, "allow_late", admin(db, role=CITY_CLERK), NotPermitted, "角色")
    elsewhere = admin(db, BAODING)
    refused(db, batch, "allow_late", elsewhere, NotPermitted, "另一个中心")
    assert filing_exception_of(db, batch) is None


def test_leave_wants_a_reason(db: DB, batch: Batch) -> None:
    with pytest.raises(RulesBroken, match="必须写明理由"):
        do(db, batch, "allow_late", admin(db), note="  ")
    assert batch.late_on is None


def test_who_gives_leave_does_not_send_it_in(db: DB, batch: Batch) -> None:
    chief = admin(db)
    do(db, batch, "allow_late", chief)
    refused(db, batch, "submit", chief, RulesBroken, "由您批准|是您批准的")
    do(db, batch, "submit", admin(db))
    assert batch.state == "submitted"


def test_who_has_sent_it_in_gives_no_leave_for_the_next_time(db: DB, batch: Batch) -> None:
    chief, other = admin(db), admin(db)
    do(db, batch, "submit", chief, IN_TIME)
    do(db, batch, "return", other, IN_TIME)
    refused(db, batch, "allow_late", chief, NotPermitted, "另一个人")
    do(db, batch, "allow_late", other)
    assert filing_exception_of(db, batch) is not None


def test_no_leave_is_given_while_there_is_time(db: DB, batch: Batch) -> None:
    with pytest.raises(RulesBroken, match="还来得及"):
        do(db, batch, "allow_late", admin(db), IN_TIME)
    do(db, batch, "allow_late", admin(db), LATE)
    with pytest.raises(RulesBroken, match="已经批准过"):
        do(db, batch, "allow_late", admin(db), LATE)


def test_another_exam_day_makes_the_leave_void(db: DB, batch: Batch) -> None:
    own = clerk(batch.body)
    do(db, batch, "allow_late", admin(db))
    assert void_exception(batch) == ""
    with scope.acting(db, own), clock.set_to(LATE):
        batch.exam_date = date(2021, 4, 25)
        record.edit(db, own, batch)
    assert filing_exception_of(db, batch) is None
    assert "2021-04-24 有效" in void_exception(batch)
    refused(db, batch, "submit", own, RulesBroken, "最晚2021年4月18日报送")
    do(db, batch, "allow_late", admin(db))
    given = filing_exception_of(db, batch)
    assert given is not None
    assert given.exam_date == date(2021, 4, 25)


def test_leave_is_taken_back_before_the_batch_is_sent_in(db: DB, batch: Batch) -> None:
    chief, own = admin(db), clerk(batch.body)
    with pytest.raises(RulesBroken, match="没有批准过"):
        do(db, batch, "revoke_late", chief)
    do(db, batch, "allow_late", chief)
    do(db, batch, "revoke_late", chief, note="企业已恢复生产")
    assert (batch.late_on, batch.late_by, batch.late_reason) == (None, "", "")
    refused(db, batch, "submit", own, RulesBroken, "迟1天")
    do(db, batch, "allow_late", chief)
    do(db, batch, "submit", own)
    refused(db, batch, "revoke_late", chief, WrongState, "已提交")
    assert filing_exception_of(db, batch) is not None


def test_leave_and_its_end_stand_in_the_history(db: DB, batch: Batch) -> None:
    chief = admin(db)
    do(db, batch, "allow_late", chief)
    do(db, batch, "revoke_late", chief, note="企业已恢复生产")
    moves = db.execute(select(Step.move, Step.note, Step.actor_name).order_by(Step.id)).all()
    assert moves[-2:] == [
        ("allow_late", REASON, "刘主任"),
        ("revoke_late", "企业已恢复生产", "刘主任"),
    ]
    entries = [event.text for event in history.timeline(db, batch)]
    assert "批准逾期报送" in entries
    assert "撤销逾期批准" in entries
    changed = [one for event in history.timeline(db, batch) for one in event.changes]
    assert REASON in {one.after for one in changed if one.label == "批准逾期报送的原因"}


def test_leave_for_one_batch_is_none_for_another(db: DB, batch: Batch) -> None:
    other = ready_batch(db, batch.body, 1, seed=9)
    do(db, batch, "allow_late", admin(db))
    refused(db, other, "submit", clerk(other.body), RulesBroken, "迟1天")


def test_leave_waits_for_nobody(db: DB, batch: Batch) -> None:
    from app.core.workflow.worklist import waiting

    take(db, batch, "submitted")
    chief = admin(db)
    do(db, batch, "return", chief, IN_TIME)
    with scope.acting(db, chief):
        assert waiting(db, chief) == []


def test_a_reviewer_of_no_centre_is_named_alone(db: DB, batch: Batch) -> None:
    from app.core.roles import SYSTEM

    do(db, batch, "allow_late", SYSTEM)
    assert batch.late_by == "系统"
    assert db.scalar(select(Centre.name).where(Centre.code == TANGSHAN)) not in batch.late_by
