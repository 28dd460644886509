"""Are retakes found by identity, linked, and judged with the papers that stand?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.errors import RulesBroken, WrongState
from app.core.records import record
from app.core.roles import SYSTEM
from app.models import Batch, Body, Candidate, Score
from app.services.results import outcome_counts, retakes, scoring
from tests import factories

DB = scoped_session[Session]
AGAIN = date(2021, 10, 16)


@pytest.fixture
def body(db: DB) -> Body:
    return factories.body(db)


def concluded(db: DB, body: Body, *marks: dict[str, Any], exam: date = factories.EXAM) -> Batch:
    """A batch whose scores are complete, one candidate for each given row of marks."""
    made = factories.batch(db, body, exam=exam)
    for person, given in zip(factories.candidates(db, made, len(marks)), marks, strict=True):
        record.add(db, SYSTEM, Score(candidate=person, **given))
    made.state = "scored"
    db.commit()
    return made


def again(db: DB, body: Body, number: int, exam: date = AGAIN) -> Batch:
    """A later draft batch with the same people."""
    made = factories.batch(db, body, exam=exam)
    factories.candidates(db, made, number)
    return made


def roster(db: DB, batch: Batch) -> list[Candidate]:
    return list(scoring.candidates_with_scores(db, batch))


FAILED = {"theory": Decimal(80), "practical": Decimal(40)}
PASSED = {"theory": Decimal(80), "practical": Decimal(80)}
DEFERRED = {"theory": Decimal(70), "practical_state": "deferred"}


def test_those_who_failed_are_offered_with_what_stands(db: DB, body: Body) -> None:
    first = concluded(db, body, FAILED, PASSED, DEFERRED)
    found = retakes.offers(db, again(db, body, 4))
    assert [(one.candidate.serial, one.carried, one.sits) for one in found] == [
        (1, {"theory": Decimal(80)}, ("practical",)),
        (3, {"theory": Decimal(70)}, ("practical",)),
    ]
    assert {one.earlier.batch_no for one in found} == {first.no}


def test_a_linked_candidate_passes_with_the_paper_sat_again(db: DB, body: Body) -> None:
    concluded(db, body, FAILED)
    batch = again(db, body, 2)
    assert retakes.link(db, SYSTEM, batch, [one.id for one in roster(db, batch)]) == 1
    person, other = roster(db, batch)
    assert (person.attempt, other.attempt) == ("retake", "new")
    assert person.retake_of is not None
    record.add(db, SYSTEM, row := Score(candidate=person, practical=Decimal(75)))
    assert row.outcome == "passed"
    assert retakes.offers(db, batch) == []
    assert [one.id for one in retakes.linked(db, batch)] == [person.id]


def test_a_paper_that_stands_takes_no_other_mark(db: DB, body: Body) -> None:
    concluded(db, body, FAILED)
    batch = again(db, body, 1)
    (person,) = roster(db, batch)
    retakes.link(db, SYSTEM, batch, [person.id])
    with pytest.raises(RulesBroken, match="沿用前次"):
        record.add(db, SYSTEM, Score(candidate=person, **PASSED))


def test_who_is_called_new_again_sits_every_paper(db: DB, body: Body) -> None:
    concluded(db, body, FAILED)
    batch = again(db, body, 1)
    (person,) = roster(db, batch)
    retakes.link(db, SYSTEM, batch, [person.id])
    person.attempt = "new"
    record.edit(db, SYSTEM, person)
    assert (person.attempt, person.retake_of_id, scoring.carried(person)) == ("new", None, {})


def test_nothing_is_linked_once_the_roster_is_closed(db: DB, body: Body) -> None:
    concluded(db, body, FAILED)
    batch = again(db, body, 1)
    batch.state = "submitted"
    db.commit()
    with pytest.raises(WrongState):
        retakes.link(db, SYSTEM, batch, [one.id for one in roster(db, batch)])


@pytest.mark.parametrize(
    ("exam", "number"), [(date(2022, 4, 23), 1), (date(2022, 4, 24), 1), (date(2022, 4, 25), 0)]
)
def test_the_period_is_a_year_from_the_earlier_exam(
    db: DB, body: Body, exam: date, number: int
) -> None:
    concluded(db, body, FAILED)
    assert len(retakes.offers(db, again(db, body, 1, exam))) == number


def test_another_level_is_no_retake(db: DB, body: Body) -> None:
    concluded(db, body, FAILED)
    batch = again(db, body, 1)
    roster(db, batch)[0].level = factories.level(db, "5")
    db.commit()
    assert retakes.offers(db, batch) == []


def test_what_another_body_examined_is_not_offered(db: DB, body: Body) -> None:
    concluded(db, factories.body(db, "ANDERE"), FAILED)
    batch = again(db, body, 1)
    with scope.acting(db, factories.clerk(body)):
        assert retakes.offers(db, batch) == []
    assert len(retakes.offers(db, batch)) == 1


def test_whom_the_sheet_calls_a_retake_is_linked_or_named(db: DB, body: Body) -> None:
    concluded(db, body, FAILED)
    batch = again(db, body, 2)
    for person in roster(db, batch):
        person.attempt = "retake"
    retakes.follow_roster(db, batch)
    first, second = roster(db, batch)
    assert first.retake_of_id is not None
    assert second.retake_of_id is None
    (problem,) = retakes.problems(db, batch)
    assert (problem.code, problem.rows) == ("retake_unlinked", (2,))
    first.attempt = "new"
    retakes.follow_roster(db, batch)
    assert first.retake_of_id is None


def test_many_retakes_cost_as_much_as_one(db: DB, body: Body) -> None:
    concluded(db, body, *[FAILED] * 12)

    body_id = body.id

    def cost(number: int) -> int:
        batch_id = again(db, db.get_one(Body, body_id), number).id
        db.expunge_all()
        batch = db.get_one(Batch, batch_id)
        sent: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            assert len(retakes.offers(db, batch)) == number
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(sent)

    assert cost(12) == cost(1)


# -- head counts ---------------------------------------------------------------------------------

ROWS: tuple[dict[str, Any], ...] = (
    FAILED,
    PASSED,
    DEFERRED,
    {"theory_state": "absent", "practical": Decimal(90)},
    {"theory": Decimal(90), "practical_state": "violation"},
    {"theory": Decimal(90)},
)


def test_a_batch_and_the_list_of_a_year_count_alike(db: DB, body: Body) -> None:
    batch = concluded(db, body, *ROWS)
    (group,) = outcome_counts.of_batch(db, batch)
    figures = (group.entered, group.sat, group.passed, group.failed, group.absent)
    assert figures == (6, 3, 1, 1, 1)
    assert (group.violation, group.deferred, group.unfinished) == (1, 1, 1)
    assert group.pass_rate == Decimal("33.3")
    assert outcome_counts.of_year(db, 2021) == [group]
    (listed,) = outcome_counts.of_batches(db, 2021)
    assert listed.no == batch.no
    assert (listed.count.sat, listed.count.pass_rate) == (group.sat, group.pass_rate)
    assert outcome_counts.years(db) == [2021]


def test_the_list_of_a_year_is_narrowed_and_scoped(db: DB, body: Body) -> None:
    concluded(db, body, PASSED)
    assert outcome_counts.of_batches(db, 2022) == []
    assert outcome_counts.of_batches(db, 2021, "焊工") == []
    assert len(outcome_counts.of_batches(db, 2021, "车")) == 1
    with scope.acting(db, factories.clerk(factories.body(db, "ANDERE"))):
        assert outcome_counts.of_batches(db, 2021) == []
        assert outcome_counts.of_year(db, 2021) == []
        assert outcome_counts.years(db) == []
