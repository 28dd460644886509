"""Is a move made whole or not at all, for one record and for many, and is it said why not?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.declarations.behaviour import procedure_of
from app.core.errors import NotFound, NotPermitted, RulesBroken, Stale, WrongState
from app.core.records import editable, record
from app.core.roles import SYSTEM, Actor
from app.core.tables import Change, Step
from app.core.workflow import moves
from app.models import Batch, Body, BodyNumberRule, Centre, Inspection, Plan, Region
from app.roles import BODY_CLERK, CITY_ADMIN, PROVINCE_ADMIN, Officer
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]


@pytest.fixture
def body(db: DB) -> Body:
    return factories.body(db)


@pytest.fixture
def clerk(body: Body) -> Actor:
    return factories.clerk(body)


@pytest.fixture
def city(db: DB) -> Actor:
    return factories.actor(CITY_ADMIN, at=factories.centre(db))


def drafts(db: DB, body: Body, number: int) -> list[Plan]:
    made = [
        Plan(
            title=f"计划{place}",
            body=body,
            year=2021,
            arrangement="四月",
            conditions="条件",
            content="理论",
            incentives="待遇",
        )
        for place in range(number)
    ]
    with scope.acting(db, SYSTEM), clock.set_to(factories.FILED):
        for plan in made:
            record.add(db, SYSTEM, plan)
    return made


def count(db: DB, model: Any) -> int:
    return int(db.scalar(select(func.count()).select_from(model)) or 0)


def state_of(db: DB, item: Any) -> str:
    db.expire_all()
    return str(item.state)


# -- one record ----------------------------------------------------------------------------------


def test_a_move_is_made_with_all_that_follows_and_committed(
    db: DB, body: Body, clerk: Actor
) -> None:
    batch = procedure.ready_batch(db, body, 2)
    with scope.acting(db, clerk), clock.set_to(DAYS["submitted"]):
        step = moves.act(db, clerk, batch, "submit", "请审核")
        db.rollback()
        assert (batch.state, batch.submitted_on) == ("submitted", DAYS["submitted"])
    assert (step.actor_id, step.note) == (clerk.id, "请审核")
    assert [one.move for one in moves.steps_of(db, batch)] == ["create", "submit"]


def test_broken_rules_are_all_reported_and_nothing_changes(
    db: DB, body: Body, clerk: Actor
) -> None:
    batch = factories.batch(db, body)
    before = count(db, Step), count(db, Change), batch.version
    with (
        scope.acting(db, clerk),
        clock.set_to(DAYS["submitted"]),
        pytest.raises(RulesBroken) as refused,
    ):
        moves.act(db, clerk, batch, "submit")
    codes = {one.code for one in refused.value.problems}
    assert {"plan_unpublished", "roster_empty", "paper_missing", "promise_missing"} <= codes
    assert (state_of(db, batch), batch.submitted_on) == ("draft", None)
    assert (count(db, Step), count(db, Change), batch.version) == before


def test_a_failure_in_what_follows_undoes_the_step_too(
    db: DB, body: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = procedure.ready_batch(db, body, 1)
    factories.one(db, BodyNumberRule, body_id=body.id).serial = "12"  # makes no number
    db.commit()
    batch = procedure.take(db, batch, "results_reviewed")
    with clock.set_to(DAYS["registered"]), pytest.raises(RulesBroken, match="机构（站点）序列码"):
        moves.act(db, SYSTEM, batch, "register")
    db.commit()
    assert (state_of(db, batch), batch.registered_on) == ("results_reviewed", None)
    assert moves.steps_of(db, batch)[-1].move == "review_results"


def test_the_three_refusals_come_as_three_errors(
    db: DB, body: Body, clerk: Actor, city: Actor
) -> None:
    batch = procedure.ready_batch(db, body, 1)
    with clock.set_to(DAYS["submitted"]):
        with pytest.raises(WrongState):
            moves.act(db, city, batch, "file")
        moves.act(db, clerk, batch, "submit")
        with pytest.raises(NotPermitted):
            moves.act(db, clerk, batch, "file")
        with pytest.raises(RulesBroken, match="必须写明理由"):
            moves.act(db, city, batch, "return", "")
    assert state_of(db, batch) == "submitted"


def test_a_return_with_a_note_opens_the_batch_for_its_sender(
    db: DB, body: Body, clerk: Actor, city: Actor
) -> None:
    batch = procedure.take(db, procedure.ready_batch(db, body, 1), "submitted")
    with clock.set_to(DAYS["filed"]):
        moves.act(db, city, batch, "return", "名册第1行单位不符")
        assert editable.may_edit(db, clerk, batch) == ""
        moves.act(db, clerk, batch, "submit", "已核实\n单位无误，不用改")
    assert [one.move for one in moves.steps_of(db, batch)][-2:] == ["return", "submit"]
    assert batch.submitted_on == DAYS["filed"]


def test_a_record_without_procedure_takes_no_move(db: DB) -> None:
    region = factories.one(db, Region, code="130200")
    with pytest.raises(NotFound, match="“行政区划”没有办理程序"):
        moves.act(db, SYSTEM, region, "submit")
    with pytest.raises(NotFound):
        moves.offers(db, SYSTEM, factories.centre(db))


def test_a_move_that_does_not_exist_is_refused_with_those_that_do(db: DB, body: Body) -> None:
    with pytest.raises(WrongState, match="submit（报送备案）"):
        moves.act(db, SYSTEM, factories.batch(db, body), "sumbit")


# -- many records --------------------------------------------------------------------------------


def test_every_row_of_a_batch_act_has_its_own_answer(db: DB, body: Body, clerk: Actor) -> None:
    other = factories.body(db, "OTHER")
    good, bad, done = drafts(db, body, 3)
    (foreign,) = drafts(db, other, 1)
    bad.incentives = ""
    db.commit()
    moves.act(db, SYSTEM, done, "publish")
    ids = [good.id, bad.id, foreign.id, 99_999, done.id]
    db.expunge_all()
    with scope.acting(db, clerk), clock.set_to(factories.FILED):
        outcomes = moves.act_many(db, clerk, Plan, ids, "publish")
    assert [one.record_id for one in outcomes] == ids
    assert [one.ok for one in outcomes] == [True, False, False, False, False]
    offered_moves = [one.message for one in outcomes]
    assert offered_moves[0] == "已办理，现为“已公布”"
    assert "激励机制" in offered_moves[1]
    assert offered_moves[2] == offered_moves[3] == "没有这条记录，或不在您的管辖范围内"
    assert "现在是“已公布”" in offered_moves[4]
    assert [one.code for one in outcomes[1].problems] == ["plan_incomplete"]
    assert outcomes[2].title == f"#{ids[2]}", "a foreign row's title is not told"


def test_a_failing_row_leaves_the_others_done(db: DB, body: Body, clerk: Actor) -> None:
    plans = drafts(db, body, 3)
    plans[1].content = ""
    db.commit()
    ids = [plan.id for plan in plans]
    with scope.acting(db, clerk):
        moves.act_many(db, clerk, Plan, ids, "publish")
    db.rollback()
    db.expunge_all()
    states = {plan.id: plan.state for plan in db.scalars(select(Plan))}
    assert states == {ids[0]: "published", ids[1]: "draft", ids[2]: "published"}
    published = db.scalars(select(Plan.published_on).order_by(Plan.id)).all()
    assert [day is None for day in published] == [False, True, False]


def test_a_row_named_twice_is_acted_on_once(db: DB, body: Body, clerk: Actor) -> None:
    (plan,) = drafts(db, body, 1)
    with scope.acting(db, clerk):
        outcomes = moves.act_many(db, clerk, Plan, [plan.id, plan.id], "publish")
    assert [one.ok for one in outcomes] == [True]


def test_a_row_that_somebody_else_took_meanwhile_does_not_stop_the_rest(
    db: DB, body: Body, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = drafts(db, body, 3)
    ids = [plan.id for plan in plans]
    real = moves.act

    def faster(session: Any, actor: Actor, item: Any, *how: Any, **given: Any) -> Step:
        if item.id == ids[1]:
            raise Stale("刚刚被别人办理过了")
        return real(session, actor, item, *how, **given)

    monkeypatch.setattr(moves, "act", faster)
    with scope.acting(db, clerk):
        outcomes = moves.act_many(db, clerk, Plan, ids, "publish")
    assert [one.ok for one in outcomes] == [True, False, True]
    assert outcomes[1].message == "刚刚被别人办理过了"


def test_the_note_of_a_batch_act_stands_in_every_step(db: DB, body: Body, clerk: Actor) -> None:
    plans = drafts(db, body, 2)
    with scope.acting(db, clerk):
        moves.act_many(db, clerk, Plan, [plan.id for plan in plans], "withdraw", "不再办理")
    notes = db.scalars(select(Step.note).where(Step.move == "withdraw"))
    assert list(notes) == ["不再办理"] * 2


def test_no_rows_no_answers(db: DB, clerk: Actor) -> None:
    assert moves.act_many(db, clerk, Plan, [], "publish") == []


# -- what may be done ----------------------------------------------------------------------------


def offered(offers: list[moves.Offer]) -> dict[str, str]:
    """Move → "yes" or the kind of refusal."""
    return {one.move.name: "yes" if one.allowed else one.kind for one in offers}


def test_the_moves_of_the_present_state_are_offered_with_the_reason_against(
    db: DB, body: Body, clerk: Actor, city: Actor
) -> None:
    batch = procedure.take(db, procedure.ready_batch(db, body, 1), "submitted")
    assert offered(moves.offers(db, city, batch)) == {
        "return": "yes",
        "file": "yes",
        "recall": "yes",
        "withdraw": "yes",
    }
    refused = moves.offers(db, clerk, batch)
    assert offered(refused) == {
        "return": "not_permitted",
        "file": "not_permitted",
        "recall": "yes",
        "withdraw": "yes",
    }
    assert all(one.why for one in refused if not one.allowed)


def test_all_moves_are_reported_when_asked_for(db: DB, body: Body, clerk: Actor) -> None:
    batch = factories.batch(db, body)
    with clock.set_to(DAYS["submitted"]):
        offered_moves = moves.offers(db, clerk, batch, everything=True, rules=True)
    kinds = offered(offered_moves)
    assert set(kinds) == {move.name for move in procedure_of("Batch").moves}
    assert (kinds["submit"], kinds["withdraw"]) == ("rules_broken", "yes")
    leaves = {"allow_late", "revoke_late"}
    assert {kinds[name] for name in leaves} == {"not_permitted"}
    others = set(kinds) - leaves - {"submit", "withdraw"}
    assert {kinds[name] for name in others} == {"wrong_state"}
    (submit,) = [one for one in offered_moves if one.move.name == "submit"]
    assert len(submit.problems) > 3
    assert submit.problems[0].message in submit.why


def test_what_is_offered_is_what_can_be_done(db: DB, body: Body, city: Actor) -> None:
    """The button and the act ask the same questions."""
    province = factories.actor(PROVINCE_ADMIN, at=factories.centre(db, factories.PROVINCE))
    clerk = factories.clerk(body)
    batch = procedure.take(db, procedure.ready_batch(db, body, 1), "results_submitted")
    for actor in (province, clerk, city):
        for offer in moves.offers(db, actor, batch):
            with clock.set_to(date(2021, 5, 10)):
                if offer.allowed:
                    moves.act(db, actor, batch, offer.move.name, "理由")
                    step = {"return_results": "submit_results"}.get(offer.move.name)
                    if step is None:  # reviewed: nothing more to compare
                        return
                    moves.act(db, SYSTEM, batch, step, "已核对\n成绩无误，不用改")
                else:
                    with pytest.raises(NotPermitted):
                        moves.act(db, actor, batch, offer.move.name, "理由")


def test_both_roles_do_not_help_to_review_ones_own(db: DB, body: Body, city: Actor) -> None:
    both = Officer(**{**city.__dict__, "roles": frozenset({BODY_CLERK, CITY_ADMIN})})
    batch = procedure.ready_batch(db, body, 1)
    with clock.set_to(DAYS["submitted"]):
        moves.act(db, both, batch, "submit")
        assert offered(moves.offers(db, both, batch))["file"] == "not_permitted"
        with pytest.raises(NotPermitted):
            moves.act(db, both, batch, "file")
        (outcome,) = moves.act_many(db, both, Batch, [batch.id], "file")
    assert not outcome.ok
    assert "必须由另一个人办理" in outcome.message


def test_a_supervision_goes_from_plan_to_rectified(db: DB, body: Body) -> None:
    batch = factories.batch(db, body)
    officer = factories.actor("city_clerk", at=factories.centre(db))
    check = Inspection(
        kind="supervision",
        batch=batch,
        centre=factories.one(db, Centre, code=factories.TANGSHAN),
        inspected_on=factories.EXAM,
        findings="标识不全",
        rectify_by=clock.today(),
        rectification="已补齐",
    )
    record.add(db, officer, check)
    for move, state in (("finish", "done"), ("order", "rectifying"), ("close", "closed")):
        moves.act(db, officer, check, move, "说明")
        assert check.state == state
    assert editable.may_edit(db, officer, check)
