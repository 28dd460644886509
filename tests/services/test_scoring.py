"""Do the rows of scores give the outcomes that the rules find?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session, scoped_session

from app.errors import RulesBroken
from app.models import Batch, Score
from app.roles import SYSTEM
from app.services import record, scoring
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
    ("state", "outcome"), [("absent", "failed"), ("violation", "failed"), ("deferred", "")]
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
    found = scoring.results(scoring.candidates_with_scores(db, batch))
    assert [(one.level, one.outcome.text) for one in found] == [("4", "未完成"), ("2", "合格")]
    assert found[0].name == factories.people(1, 0)[0].name
