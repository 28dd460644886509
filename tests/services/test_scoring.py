"""Do the rows of scores give the outcomes that the rules find?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session, scoped_session

from app.core.declarations.behaviour import behaviour_of
from app.core.errors import RulesBroken, WrongState
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.workflow import moves
from app.models import Batch, Candidate, Plan, PlanPassRule, Score
from app.services.results import scoring
from tests import factories, procedure

DB = scoped_session[Session]


@pytest.fixture
def batch(db: DB) -> Batch:
    """An examining batch of one 四级 and one 二级 candidate."""
    ready = procedure.ready_batch(db, number=2, levels=("4", "2"))
    return procedure.take(db, ready, "examining")


def scored(db: DB, batch: Batch, place: int, **marks: object) -> str:
    person = scoring.candidates_with_scores(db, batch)[place]
    given = {name: Decimal(str(v)) if isinstance(v, int) else v for name, v in marks.items()}
    record.add(db, SYSTEM, row := Score(candidate=person, **given))
    return row.outcome


def test_saving_marks_writes_the_outcome_and_the_batch(db: DB, batch: Batch) -> None:
    assert scored(db, batch, 0, theory=60, practical=60) == "passed"
    (row,) = procedure.of_scores(db, batch)
    assert row.batch == batch


def test_one_mark_below_sixty_fails(db: DB, batch: Batch) -> None:
    assert scored(db, batch, 0, theory=Decimal("59.9"), practical=90) == "failed"


def test_a_technician_needs_the_review_too(db: DB, batch: Batch) -> None:
    assert scored(db, batch, 1, theory=80, practical=80) == ""
    (row,) = procedure.of_scores(db, batch)
    row.review = Decimal(59)
    record.edit(db, SYSTEM, row)
    assert row.outcome == "failed"
    row.review = Decimal(60)
    record.edit(db, SYSTEM, row)
    assert row.outcome == "passed"


@pytest.mark.parametrize(
    ("state", "outcome"), [("absent", "failed"), ("violation", "failed"), ("deferred", "deferred")]
)
def test_a_paper_not_sat_is_a_state_and_no_zero(
    db: DB, batch: Batch, state: str, outcome: str
) -> None:
    assert scored(db, batch, 0, theory=80, practical_state=state) == outcome


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ({"theory": 101}, "mark_range"),
        ({"theory": -1}, "mark_range"),
        ({"practical": 80, "practical_state": "absent"}, "mark_with_state"),
        ({"review": Decimal("60.55")}, "mark_decimals"),
        ({"theory_state": "asleep"}, "code_unknown"),
    ],
)
def test_an_impossible_mark_is_refused_at_its_field(
    db: DB, batch: Batch, marks: dict[str, object], code: str
) -> None:
    with pytest.raises(RulesBroken) as refused:
        scored(db, batch, 0, **marks)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.field in marks


def test_nobody_has_two_rows_of_marks(db: DB, batch: Batch) -> None:
    scored(db, batch, 0, theory=60, practical=60)
    with pytest.raises(RulesBroken, match="已有相同“参评人员”的成绩"):
        scored(db, batch, 0, theory=90, practical=90)


def test_results_stand_in_the_order_of_the_roster(db: DB, batch: Batch) -> None:
    scored(db, batch, 1, theory=80, practical=80, review=80)
    found = scoring.results(db, batch)
    assert [(one.level, one.outcome.text) for one in found] == [("4", "未完成"), ("2", "合格")]
    assert [one.name for one in found] == [
        one.name for one in scoring.candidates_with_scores(db, batch)
    ]


# -- the rules of the plan -------------------------------------------------------------------------


@pytest.fixture
def planned(db: DB) -> Batch:
    """A draft batch of a 四级 and a 二级 candidate under a plan that is still a draft."""
    body = factories.body(db)
    plan = Plan(
        title="2021年认定计划", body=body, year=2021, arrangement="四月", conditions="符合标准",
        content="理论、实操", incentives="兑现待遇",
    )  # fmt: skip
    record.add(db, SYSTEM, plan)
    made = factories.batch(db, body, plan=plan)
    factories.candidates(db, made, 2, levels=("4", "2"))
    return made


def demand(db: DB, batch: Batch, **values: object) -> PlanPassRule:
    record.add(db, SYSTEM, row := PlanPassRule(plan=batch.plan, **values))
    return row


def test_a_plan_without_rules_goes_by_the_usual_ones(db: DB, planned: Batch) -> None:
    assert scored(db, planned, 0, theory=60, practical=60) == "passed"
    assert scored(db, planned, 1, theory=60, practical=60) == ""


def test_the_plans_own_pass_marks_count_everywhere(db: DB, planned: Batch) -> None:
    demand(db, planned, theory_pass=70, practical_pass=80)
    assert scored(db, planned, 0, theory=69, practical=90) == "failed"
    assert scored(db, planned, 1, theory=70, practical=80) == "passed", "no review in this plan"
    assert [one.outcome.text for one in scoring.results(db, planned)] == ["不合格", "合格"]


def test_the_closest_rule_counts(db: DB, planned: Batch) -> None:
    demand(db, planned, theory_pass=90, practical_pass=90)
    demand(db, planned, level=factories.level(db, "4"), theory_pass=50, practical_pass=50)
    assert scored(db, planned, 0, theory=50, practical=50) == "passed"
    assert scored(db, planned, 1, theory=80, practical=95) == "failed"


def test_marks_go_up_to_the_plans_full_marks(db: DB, planned: Batch) -> None:
    demand(db, planned, theory_pass=90, theory_full=150, practical_pass=60)
    assert scored(db, planned, 0, theory=150, practical=60) == "passed"
    with pytest.raises(RulesBroken, match="0至150分"):
        scored(db, planned, 1, theory=151, practical=60)


def test_the_rules_of_a_published_plan_are_fixed(db: DB, planned: Batch) -> None:
    rule = demand(db, planned, theory_pass=70, practical_pass=70)
    moves.act(db, SYSTEM, planned.plan, "publish")
    rule.theory_pass = Decimal(60)
    with pytest.raises(WrongState, match="公布的合格规则不能再改"):
        record.edit(db, SYSTEM, rule)
    with pytest.raises(WrongState, match="已公布"):
        demand(db, planned, level=factories.level(db, "3"), theory_pass=60)
    with pytest.raises(WrongState, match="已公布"):
        record.remove(db, SYSTEM, db.get_one(PlanPassRule, rule.id))


def test_a_rule_does_not_leave_its_plan_for_another(db: DB, planned: Batch) -> None:
    rule = demand(db, planned, theory_pass=70, practical_pass=70)
    draft = Plan(title="另一计划", body=planned.body, year=2021)
    record.add(db, SYSTEM, draft)
    moves.act(db, SYSTEM, planned.plan, "publish")
    rule.plan = draft
    with pytest.raises(RulesBroken, match="“认定计划”建立后不能更换"):
        record.edit(db, SYSTEM, rule)
    assert rule.plan_id == planned.plan_id


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "pass_rule_empty"),
        ({"theory_pass": 101}, "pass_mark_range"),
        ({"theory_pass": 60, "theory_weight": 40, "total_pass": 60}, "pass_weights"),
    ],
)
def test_an_unsound_rule_is_refused(
    db: DB, planned: Batch, values: dict[str, object], code: str
) -> None:
    with pytest.raises(RulesBroken) as refused:
        demand(db, planned, **values)
    assert [one.code for one in refused.value.problems] == [code]


def test_a_second_rule_for_the_same_people_is_refused(db: DB, planned: Batch) -> None:
    demand(db, planned, theory_pass=70)
    with pytest.raises(RulesBroken) as refused:
        demand(db, planned, theory_pass=60)
    assert [one.code for one in refused.value.problems] == ["pass_rule_twice"]


def test_marks_are_judged_again_by_the_level_that_the_candidate_gets(db: DB, batch: Batch) -> None:
    assert scored(db, batch, 0, theory=60, practical=60) == "passed"
    (row,) = procedure.of_scores(db, batch)
    saving = behaviour_of(Candidate).saving
    assert saving is not None
    row.candidate.level = factories.level(db, "2")
    saving(db, SYSTEM, row.candidate)
    assert row.outcome == ""
