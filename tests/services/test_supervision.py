"""Is each batch supervised, and can what is found stop a batch or a body?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock, scope
from app.core.declarations.behaviour import procedure_of
from app.core.errors import NotPermitted, RulesBroken
from app.core.records import record
from app.core.roles import SYSTEM, Actor
from app.core.scope import AnySession
from app.core.workflow import moves
from app.models import Batch, Inspection
from app.roles import CITY_ADMIN, CITY_CLERK, PROVINCE_ADMIN
from app.services.supervision import supervision
from tests import factories
from tests.factories import BAODING, EXAM, FILED, PROVINCE

MONDAY = EXAM + timedelta(days=2)


@pytest.fixture
def batch(session: AnySession) -> Batch:
    """A batch that has just been filed by its city."""
    made = factories.batch(session, factories.body(session, "AAA", at=PROVINCE))
    made.state = "submitted"
    session.commit()
    with scope.acting(session, SYSTEM), clock.set_to(FILED):
        moves.act(session, SYSTEM, made, "file")
    return made


def planned(session: AnySession, batch: Batch) -> Inspection:
    with scope.acting(session, SYSTEM):
        found = session.scalars(select(Inspection).where(Inspection.batch_id == batch.id))
        return found.one()


def ordered(session: AnySession, batch: Batch) -> Inspection:
    """The supervision of the batch with an order to rectify."""
    made = planned(session, batch)
    with scope.acting(session, SYSTEM), clock.set_to(EXAM):
        made.findings, made.rectify_by = "实操考场标识不全", MONDAY
        record.edit(session, SYSTEM, made)
        moves.act(session, SYSTEM, made, "order", "补齐标识")
    return made


def officer(session: AnySession, role: str = PROVINCE_ADMIN, code: str = PROVINCE) -> Actor:
    return factories.actor(role, at=factories.centre(session, code))


def test_filing_a_batch_puts_its_supervision_on_the_citys_list(
    session: AnySession, batch: Batch
) -> None:
    made = planned(session, batch)
    assert (made.kind, made.state, made.inspected_on) == ("supervision", "planned", EXAM)
    assert made.centre_id == batch.city_centre_id
    with scope.acting(session, SYSTEM):
        supervision.plan(session, SYSTEM, batch)
        session.commit()
    assert planned(session, batch).id == made.id


def test_results_are_reviewed_with_a_warning_until_the_supervision_is_finished(
    session: AnySession, batch: Batch
) -> None:
    def warned() -> list[tuple[str, str]]:
        with scope.acting(session, SYSTEM):
            found = moves.problems_with(
                session, batch, procedure_of("Batch").move("review_results")
            )
        return [(one.code, one.severity) for one in found]

    assert warned() == [("supervision_missing", "warning")]
    with scope.acting(session, SYSTEM), clock.set_to(EXAM):
        moves.act(session, SYSTEM, planned(session, batch), "finish")
    assert warned() == []


def test_an_order_and_its_end_need_their_words(session: AnySession, batch: Batch) -> None:
    made = planned(session, batch)
    with scope.acting(session, SYSTEM), clock.set_to(EXAM):
        with pytest.raises(RulesBroken) as refusal:
            moves.act(session, SYSTEM, made, "order", "补齐")
        assert [one.code for one in refusal.value.problems] == ["finding_unclear", "rectify_by"]
    made = ordered(session, batch)
    with scope.acting(session, SYSTEM), clock.set_to(MONDAY):
        with pytest.raises(RulesBroken, match="整改情况"):
            moves.act(session, SYSTEM, made, "close", "已补齐")
        made.rectification = "标识已补齐，照片见附件"
        record.edit(session, SYSTEM, made)
        moves.act(session, SYSTEM, made, "close", "已补齐")
        assert made.state == "closed"


def test_a_remedy_that_does_not_come_is_said(session: AnySession, batch: Batch) -> None:
    made = ordered(session, batch)
    with clock.set_to(MONDAY):
        assert supervision.overdue_problems(made) == []
    with clock.set_to(MONDAY + timedelta(days=1)):
        assert [one.code for one in supervision.overdue_problems(made)] == ["rectification_late"]


def test_a_finding_suspends_the_batch_with_its_reason(session: AnySession, batch: Batch) -> None:
    made, person = ordered(session, batch), officer(session)
    with scope.acting(session, person), clock.set_to(MONDAY):
        moves.act(session, person, made, "suspend_batch", "逾期未整改")
        assert (batch.state, made.state) == ("suspended", "rectifying")
        last = moves.steps_of(session, batch)[-1]
        assert last.move == "suspend"
        assert last.note == f"督导检查 {made.no}：逾期未整改"
        with pytest.raises(RulesBroken, match="已暂停"):
            moves.act(session, person, made, "suspend_batch", "再来")


def test_a_finding_suspends_the_body_by_the_centre_that_approved_it(
    session: AnySession, batch: Batch
) -> None:
    made = ordered(session, batch)
    city = factories.actor(CITY_ADMIN, at=batch.city_centre)
    barred = pytest.raises(NotPermitted, match="另一个中心")
    with scope.acting(session, city), clock.set_to(MONDAY), barred:
        moves.act(session, city, made, "suspend_body", "逾期未整改")
    with scope.acting(session, SYSTEM):
        assert batch.body.state == "registered"
    person = officer(session)
    with scope.acting(session, person), clock.set_to(MONDAY):
        moves.act(session, person, made, "suspend_body", "逾期未整改")
        assert batch.body.state == "suspended"


@pytest.mark.parametrize("role", [CITY_CLERK, CITY_ADMIN])
def test_nobody_else_suspends(session: AnySession, batch: Batch, role: str) -> None:
    made, person = ordered(session, batch), officer(session, role, BAODING)
    with scope.acting(session, person), clock.set_to(MONDAY), pytest.raises(NotPermitted):
        moves.act(session, person, made, "suspend_batch", "逾期未整改")
