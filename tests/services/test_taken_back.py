"""May what was sent in be taken back to edit, and what was ended be begun again?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import NotPermitted, RulesBroken, WrongState
from app.core.roles import SYSTEM, Actor
from app.core.workflow import moves
from app.core.workflow.worklist import waiting
from app.models import Batch, CertificateSegment, Commission, Plan
from app.roles import CITY_ADMIN
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]


@pytest.fixture
def sent(db: DB) -> Batch:
    return procedure.take(db, procedure.ready_batch(db), "submitted")


@pytest.fixture
def clerk(sent: Batch) -> Actor:
    return factories.clerk(sent.body)


@pytest.fixture
def city(db: DB, sent: Batch) -> Actor:
    return factories.actor(CITY_ADMIN, at=sent.city_centre)


def act(db: DB, actor: Actor, item: object, move: str, note: str = "") -> None:
    with clock.set_to(DAYS["submitted"]), scope.acting(db, actor):
        moves.act(db, actor, item, move, note)


def test_a_batch_is_taken_back_to_edit_while_nobody_has_acted(
    db: DB, sent: Batch, clerk: Actor
) -> None:
    act(db, clerk, sent, "recall", "名册漏了一人")
    assert (sent.state, sent.submitted_on) == ("draft", None)
    step = moves.steps_of(db, sent)[-1]
    assert (step.move, step.actor_id, step.note) == ("recall", clerk.id, "名册漏了一人")
    act(db, clerk, sent, "submit")
    assert (sent.state, sent.submitted_on) == ("submitted", DAYS["submitted"])


def test_it_is_taken_back_once(db: DB, sent: Batch, clerk: Actor) -> None:
    act(db, clerk, sent, "recall")
    act(db, clerk, sent, "submit")
    with pytest.raises(WrongState, match="已经收回过一次，不能再次收回"):
        act(db, clerk, sent, "recall")
    assert sent.state == "submitted"


@pytest.mark.parametrize("move", ["file", "return"])
def test_it_is_not_taken_back_once_the_city_has_acted(
    db: DB, sent: Batch, clerk: Actor, city: Actor, move: str
) -> None:
    act(db, city, sent, move, "请补充")
    with pytest.raises(WrongState):
        act(db, clerk, sent, "recall")


def test_nobody_is_expected_to_take_back_what_waits_for_another(
    db: DB, sent: Batch, clerk: Actor, city: Actor
) -> None:
    with scope.acting(db, clerk):
        assert waiting(db, clerk) == []
    with scope.acting(db, city):
        assert [(one.state.name, one.count) for one in waiting(db, city)] == [("submitted", 1)]


def test_many_are_taken_back_at_once_each_for_itself(db: DB, sent: Batch, clerk: Actor) -> None:
    again = procedure.take(db, procedure.ready_batch(db, sent.body), "submitted")
    act(db, clerk, again, "recall")
    act(db, clerk, again, "submit")
    with scope.acting(db, clerk):
        done = moves.act_many(db, clerk, Batch, [sent.id, again.id], "recall")
    assert [one.ok for one in done] == [True, False]
    assert (sent.state, again.state) == ("draft", "submitted")


def test_a_centre_undoes_an_end_with_a_reason(
    db: DB, sent: Batch, clerk: Actor, city: Actor
) -> None:
    act(db, clerk, sent, "withdraw", "企业停产")
    with pytest.raises(NotPermitted):
        act(db, clerk, sent, "reinstate", "恢复生产")
    with pytest.raises(RulesBroken, match="必须写明理由"):
        act(db, city, sent, "reinstate")
    act(db, city, sent, "reinstate", "恢复生产")
    assert (sent.state, sent.submitted_on) == ("draft", None)
    numbers = select(func.count(CertificateSegment.id)).where(CertificateSegment.batch == sent)
    assert db.scalar(numbers) == 0
    act(db, clerk, sent, "submit")
    act(db, clerk, sent, "recall")
    assert sent.state == "draft"


def _commission(db: DB, sent: Batch) -> Commission:
    found = factories.commission(db, sent.body, factories.enterprise(db))
    act(db, SYSTEM, found, "submit")
    return found


def _body(db: DB, sent: Batch) -> object:
    found = factories.body(db, "NEW", state="draft")
    act(db, SYSTEM, found, "submit")
    return found


@pytest.mark.parametrize("prepared", [_commission, _body])
def test_other_applications_are_taken_back_the_same_way(
    db: DB, sent: Batch, prepared: Callable[[DB, Batch], Commission]
) -> None:
    item = prepared(db, sent)
    act(db, SYSTEM, item, "recall")
    assert item.state == "draft"
    act(db, SYSTEM, item, "submit")
    with pytest.raises(WrongState):
        act(db, SYSTEM, item, "recall")


def test_a_commission_begun_again_gets_a_new_letter(db: DB, sent: Batch) -> None:
    item = _commission(db, sent)
    act(db, SYSTEM, item, "commission")
    first = item.letter_no
    act(db, SYSTEM, item, "withdraw", "不办了")
    act(db, SYSTEM, item, "reinstate", "还要办")
    assert (item.state, item.letter_no, item.letter_date) == ("draft", "", None)
    act(db, SYSTEM, item, "submit")
    act(db, SYSTEM, item, "commission")
    assert item.letter_no not in ("", first)


def test_a_plan_begun_again_is_published_anew(db: DB, sent: Batch) -> None:
    plan = sent.plan
    assert isinstance(plan, Plan)
    act(db, SYSTEM, plan, "withdraw", "不执行")
    act(db, SYSTEM, plan, "reinstate", "仍然执行")
    assert (plan.state, plan.published_on) == ("draft", None)
