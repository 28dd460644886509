"""Does a body that was stopped hold up its certificates until somebody says why they go on?"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import RulesBroken, Unacknowledged
from app.core.roles import SYSTEM
from app.core.tables import Step
from app.core.workflow import moves
from app.models import Batch
from app.roles import PROVINCE_ADMIN
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]
STOPPED, EXPIRED = "body_stopped_since", "body_expired_since"
STEPS = {"register": "results_reviewed", "certify": "registered"}


def ready(db: DB, move: str, code: str = "KESHI") -> Batch:
    """A batch before ``move``, whose body was suspended and ran out since."""
    batch = procedure.take(db, procedure.ready_batch(db, factories.body(db, code)), STEPS[move])
    with clock.set_to(DAYS["registered"]):
        moves.act(db, SYSTEM, batch.body, "suspend", "抽查发现替考")
    batch.body.valid_to = DAYS["results_submitted"]
    db.commit()
    return batch


def last(db: DB, batch: Batch) -> Step:
    with scope.acting(db, SYSTEM):
        return moves.steps_of(db, batch)[-1]


@pytest.mark.parametrize("move", sorted(STEPS))
@pytest.mark.parametrize(
    ("note", "acknowledged"),
    [("", ()), ("同意", ()), ("同意", (STOPPED,)), (" ", (STOPPED, EXPIRED))],
)
def test_it_goes_no_further_unless_everything_is_acknowledged_with_a_reason(
    db: DB, move: str, note: str, acknowledged: tuple[str, ...]
) -> None:
    batch = ready(db, move)
    with clock.set_to(DAYS["certified"]), pytest.raises(Unacknowledged) as asked:
        moves.act(db, SYSTEM, batch, move, note, acknowledged)
    assert [(one.code, one.severity) for one in asked.value.problems] == [
        (STOPPED, "caution"), (EXPIRED, "caution"),
    ]  # fmt: skip
    assert "写明理由" in asked.value.message
    db.expire_all()
    assert batch.state == STEPS[move]


@pytest.mark.parametrize("move", sorted(STEPS))
def test_it_goes_on_with_a_reason_that_the_step_keeps(db: DB, move: str) -> None:
    batch = ready(db, move)
    with clock.set_to(DAYS["certified"]):
        moves.act(db, SYSTEM, batch, move, "考评在暂停前完成", (STOPPED, EXPIRED))
    kept = last(db, batch)
    assert kept.move == move
    assert kept.note.startswith("考评在暂停前完成（已知悉：“KESHI评价中心”的备案现在已暂停或注销；")
    assert "有效期到2021年5月8日止" in kept.note


def test_nothing_is_asked_of_a_body_in_good_standing(db: DB) -> None:
    batch = procedure.take(db, procedure.ready_batch(db), "certified")
    assert last(db, batch).note == ""


def test_on_its_last_day_a_body_is_still_in_force(db: DB) -> None:
    batch = procedure.take(db, procedure.ready_batch(db), "results_reviewed")
    batch.body.valid_to = date(2021, 5, 11)
    db.commit()
    with clock.set_to(date(2021, 5, 11)):
        moves.act(db, SYSTEM, batch, "register")
    assert batch.state == "registered"


def test_an_acknowledgement_is_no_way_past_a_rule(db: DB) -> None:
    batch = procedure.take(db, procedure.ready_batch(db), "scored")
    with clock.set_to(date(2021, 4, 26)), scope.acting(db, SYSTEM):
        moves.act(db, SYSTEM, batch, "publicise")
        with pytest.raises(RulesBroken) as refused:
            moves.act(db, SYSTEM, batch, "submit_results", "急", ("results_before_publicity",))
    assert not isinstance(refused.value, Unacknowledged)


def test_in_bulk_each_record_is_asked_about_and_the_others_are_done(db: DB) -> None:
    good = procedure.take(db, procedure.ready_batch(db, factories.body(db, "GOOD")), "registered")
    bad = ready(db, "certify", "BAD")
    province = factories.actor(PROVINCE_ADMIN, at=factories.centre(db, factories.PROVINCE))
    ids = [bad.id, good.id]
    with scope.acting(db, province), clock.set_to(DAYS["certified"]):
        outcomes = moves.act_many(db, province, Batch, ids, "certify", "年中集中核发")
        assert [(one.ok, one.asked) for one in outcomes] == [(False, True), (True, False)]
        assert [one.code for one in outcomes[0].problems] == [STOPPED, EXPIRED]
        given = (STOPPED, EXPIRED)
        (again,) = moves.act_many(db, province, Batch, ids[:1], "certify", "补发", given)
    assert again.ok
    notes = db.scalars(select(Step.note).where(Step.move == "certify").order_by(Step.id))
    assert [note.partition("（")[0] for note in notes] == ["年中集中核发", "补发"]


def test_what_will_be_asked_is_said_beforehand(db: DB) -> None:
    batch = ready(db, "register")
    with scope.acting(db, SYSTEM), clock.set_to(DAYS["registered"]):
        offered = {one.move.name: one for one in moves.offers(db, SYSTEM, batch, rules=True)}
    assert offered["register"].allowed
    assert "已暂停或注销" in offered["register"].why
