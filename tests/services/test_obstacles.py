"""Does each move meet the rules that stand in its way, and only those?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock
from app.core.declarations.behaviour import procedure_of
from app.core.errors import Problem, RulesBroken
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.workflow import moves
from app.models import (
    Batch,
    BodyScope,
    CalendarYear,
    ExamSession,
    Objection,
    Plan,
    Publicity,
    Score,
)
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]


def at(state: str, db: DB, **more: Any) -> Batch:
    return procedure.take(db, procedure.ready_batch(db, **more), state)


def asked(db: DB, item: Any, move: str) -> list[Problem]:
    """What the move's own declaration asks."""
    return moves.problems_with(db, item, procedure_of(type(item).__name__).move(move))


def objections(db: DB, item: Any, move: str, day: date) -> list[tuple[str, str]]:
    """The codes that stand in the way on that day, with their severity."""
    with clock.set_to(day):
        return [(one.code, one.severity) for one in asked(db, item, move)]


def refused(db: DB, item: Any, move: str, day: date, match: str) -> None:
    """The move is refused on that day and the record stays where it is."""
    before = item.state
    with clock.set_to(day), pytest.raises(RulesBroken, match=match):
        moves.act(db, SYSTEM, item, move)
    assert item.state == before


def done(db: DB, item: Any, move: str, day: date, note: str = "") -> None:
    with clock.set_to(day):
        moves.act(db, SYSTEM, item, move, note)


# -- 流程六 --------------------------------------------------------------------------------------


def test_an_exam_does_not_begin_before_its_day(db: DB) -> None:
    batch = at("filed", db)
    refused(db, batch, "begin_exam", date(2021, 4, 23), "2021-04-24，还没有到")
    done(db, batch, "begin_exam", date(2021, 4, 24))
    assert batch.state == "examining"


@pytest.mark.parametrize(
    ("state", "move", "day"),
    [("submitted", "file", date(2021, 4, 14)), ("filed", "begin_exam", date(2021, 4, 24))],
)
def test_a_body_that_was_stopped_after_the_filing_examines_nobody(
    db: DB, state: str, move: str, day: date
) -> None:
    batch = at(state, db)
    moves.act(db, SYSTEM, batch.body, "suspend", "抽查发现问题")
    refused(db, batch, move, day, "已暂停")
    moves.act(db, SYSTEM, batch.body, "resume", "整改完毕")
    batch.body.valid_to = date(2021, 4, 23)
    refused(db, batch, move, day, "2021年4月24日不在其内")
    batch.body.valid_to = date(2021, 4, 24)
    done(db, batch, move, day)


# -- scores --------------------------------------------------------------------------------------


def test_scores_are_complete_only_when_nobody_is_missing(db: DB) -> None:
    batch = at("examining", db)
    procedure.give_scores(db, batch)
    last = db.scalars(select(Score).order_by(Score.id.desc())).first()
    assert last is not None
    name = last.candidate.name
    last.practical = None
    db.commit()
    refused(db, batch, "score", DAYS["scored"], f"还有1人成绩不全（{name}）")
    last.practical_state = "absent"
    db.commit()
    done(db, batch, "score", DAYS["scored"])
    assert batch.state == "scored"


def test_someone_without_any_score_row_is_missing_too(db: DB) -> None:
    batch = at("examining", db)
    procedure.give_scores(db, batch)
    db.delete(db.scalars(select(Score)).first())
    db.commit()
    assert objections(db, batch, "score", DAYS["scored"]) == [("results_unscored", "error")]


# -- publicity -----------------------------------------------------------------------------------


def test_results_are_made_public_after_the_last_exam_day(db: DB) -> None:
    batch = at("scored", db)
    batch.exam_end = date(2021, 4, 25)
    db.commit()
    refused(db, batch, "publicise", date(2021, 4, 25), "公示只能在此之后开始")
    assert objections(db, batch, "publicise", date(2021, 4, 26)) == []


def test_a_late_publicity_is_warned_of_but_not_stopped(db: DB) -> None:
    batch = at("scored", db)
    # Seven working days after the 24th: 25 (worked, for May Day), 26 to 30 April, 6 May.
    late = date(2021, 5, 7)
    assert objections(db, batch, "publicise", date(2021, 5, 6)) == []
    assert objections(db, batch, "publicise", late) == [("publicity_late", "warning")]
    done(db, batch, "publicise", late)
    assert procedure.publicity(db, batch).opens_on == late


def test_a_publicity_that_runs_into_a_year_without_calendar_is_refused_in_words(db: DB) -> None:
    batch = at("scored", db)
    db.add(CalendarYear(year=2041, source="测试"))
    batch.exam_date = date(2041, 12, 20)
    db.commit()
    eve = date(2041, 12, 30)
    assert objections(db, batch, "publicise", eve) == [("publicity_calendar", "error")]
    refused(db, batch, "publicise", eve, "没有2042年的节假日安排")
    with clock.set_to(eve):
        (offer,) = [
            one
            for one in moves.offers(db, SYSTEM, batch, rules=True)
            if one.move.name == "publicise"
        ]
    assert offer.kind == "rules_broken"


def test_a_publicity_ends_on_its_last_day_and_not_before(db: DB) -> None:
    publicity = procedure.publicity(db, at("publicising", db))
    assert publicity.closes_on == date(2021, 5, 6)
    refused(db, publicity, "close", date(2021, 5, 5), "还有1天，期满后再结束")
    done(db, publicity, "close", date(2021, 5, 6))
    assert (publicity.state, publicity.closed_on) == ("closed", date(2021, 5, 6))


@pytest.mark.parametrize("findings", [("uphold", "keep"), ("reject",)])
def test_an_open_objection_keeps_a_publicity_open_until_it_is_decided(
    db: DB, findings: tuple[str, ...]
) -> None:
    publicity = procedure.publicity(db, at("publicising", db))
    objection = Objection(publicity=publicity, raised_on=date(2021, 4, 28), content="年限不实")
    with clock.set_to(date(2021, 4, 28)):
        record.add(db, SYSTEM, objection)
    assert objection.state == "received"
    refused(db, publicity, "close", date(2021, 5, 6), "还有1件异议未办结")
    for finding in findings:
        refused(db, publicity, "close", date(2021, 5, 6), "还有1件异议未办结")
        done(db, objection, finding, date(2021, 5, 6), "经核查")
    done(db, publicity, "close", date(2021, 5, 6))
    assert publicity.state == "closed"


def test_both_obstacles_to_closing_are_reported_together(db: DB) -> None:
    publicity = procedure.publicity(db, at("publicising", db))
    record.add(db, SYSTEM, Objection(publicity=publicity, raised_on=date(2021, 4, 28), content="x"))
    codes = {code for code, _ in objections(db, publicity, "close", date(2021, 4, 30))}
    assert codes == {"publicity_not_over", "objection_open"}


# -- results -------------------------------------------------------------------------------------


def test_results_are_not_sent_while_the_publicity_is_open(db: DB) -> None:
    batch = at("publicising", db)
    refused(db, batch, "submit_results", date(2021, 5, 6), "公示结束后才能报送结果")
    procedure.close_publicity(db, batch, date(2021, 5, 6))
    done(db, batch, "submit_results", date(2021, 5, 6))
    assert (batch.state, batch.results_on) == ("results_submitted", date(2021, 5, 6))


def test_a_second_publicity_does_not_get_round_an_objection_to_the_first(db: DB) -> None:
    batch = at("publicising", db)
    objection = Objection(
        publicity=procedure.publicity(db, batch), raised_on=date(2021, 4, 28), content="替考"
    )
    with clock.set_to(date(2021, 4, 28)):
        record.add(db, SYSTEM, objection)
        record.add(db, SYSTEM, Publicity(batch=batch))
    second = procedure.publicity(db, batch)
    assert second is not objection.publicity
    done(db, second, "open", date(2021, 4, 28))
    done(db, second, "close", date(2021, 5, 8))
    refused(db, batch, "submit_results", date(2021, 5, 8), "还有1件异议未办结")
    done(db, objection, "reject", date(2021, 5, 8), "经核查不属实")
    done(db, batch, "submit_results", date(2021, 5, 8))
    assert batch.state == "results_submitted"


def test_results_without_any_publicity_are_not_sent(db: DB) -> None:
    batch = at("publicising", db)
    moves.act(db, SYSTEM, procedure.publicity(db, batch), "cancel", "公示有误")
    codes = objections(db, batch, "submit_results", date(2021, 5, 8))
    assert codes == [("results_before_publicity", "error")]


def test_late_results_are_warned_of_but_taken(db: DB) -> None:
    batch = at("publicising", db)
    procedure.close_publicity(db, batch, date(2021, 5, 6))
    day = date(2021, 6, 1)
    assert objections(db, batch, "submit_results", day) == [("results_late", "warning")]
    done(db, batch, "submit_results", day)
    assert batch.state == "results_submitted"


def test_corrected_results_must_be_complete_again(db: DB) -> None:
    batch = at("results_submitted", db)
    done(db, batch, "return_results", date(2021, 5, 10), "第1人分数有误")
    score = db.scalars(select(Score)).first()
    assert score is not None
    score.theory = None
    db.commit()
    refused(db, batch, "submit_results", date(2021, 5, 10), "成绩不全")
    score.theory = Decimal(75)
    record.edit(db, SYSTEM, score)
    done(db, batch, "submit_results", date(2021, 5, 10), "已更正")
    assert batch.results_on == date(2021, 5, 10)


# -- bodies, commissions, plans ------------------------------------------------------------------


def test_a_body_without_scope_is_not_sent_in(db: DB) -> None:
    body = factories.body(db, state="draft", work_types=())
    refused(db, body, "submit", factories.FILED, "还没有登记备案范围")
    body = factories.body(db, "SCOPED", state="draft")
    done(db, body, "submit", factories.FILED)
    assert body.state == "submitted"


def test_a_body_with_a_wrong_credit_code_is_not_sent_in(db: DB) -> None:
    body = factories.body(db, state="draft", credit_code="911302000000000009")
    assert objections(db, body, "submit", factories.FILED) != []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"state": "suspended"}, "body_not_registered"),
        ({"valid_to": date(2021, 4, 11)}, "body_not_valid"),
    ],
)
def test_a_body_that_may_not_evaluate_is_not_commissioned(
    db: DB, values: dict[str, Any], code: str
) -> None:
    letter = factories.commission(db, factories.body(db, **values), factories.enterprise(db))
    for move in ("submit", "commission"):
        assert objections(db, letter, move, factories.FILED) == [(code, "error")]


def test_a_commission_without_the_enterprises_promise_is_not_sent_in(db: DB) -> None:
    letter = factories.commission(db, factories.body(db), factories.enterprise(db), promise=False)
    refused(db, letter, "submit", factories.FILED, "企业尚未承诺兑现待遇")


def test_a_plan_is_published_when_it_says_everything_that_the_notice_wants(db: DB) -> None:
    body = factories.body(db)
    plan = Plan(title="计划", body=body, year=2021, arrangement="四月", content="理论")
    record.add(db, SYSTEM, plan)
    refused(db, plan, "publish", factories.FILED, "公布前请补全：报名条件、激励机制")


def test_a_move_without_rules_meets_none(db: DB) -> None:
    assert objections(db, at("submitted", db), "file", factories.FILED) == []


def test_a_scope_row_taken_away_is_seen_at_once(db: DB) -> None:
    body = factories.body(db, state="draft")
    assert objections(db, body, "submit", factories.FILED) == []
    db.execute(delete(BodyScope))
    assert objections(db, body, "submit", factories.FILED) == [("scope_missing", "error")]
    assert db.scalars(select(ExamSession)).all() == []
