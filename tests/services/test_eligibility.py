"""Does a batch's roster answer for the eligibility of each person, at a fixed cost?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, event, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, scoped_session

from app.core import clock
from app.models import Batch, Candidate, EligibilityRoute
from app.services.sign_up import applications, eligibility
from tests import factories, procedure
from tests.factories import FILED

DB = scoped_session[Session]


@pytest.fixture
def batch(db: DB) -> Batch:
    """A draft batch of a trainer with three 四级 candidates of ten years each."""
    made = factories.batch(db, factories.body(db))
    for person in factories.candidates(db, made, 3):
        be(db, person, years=10, education="70", **NONE_HELD)
    return made


NONE_HELD: dict[str, Any] = {
    "current_level": None,
    "current_date": None,
    "current_certificate": "",
}


def be(db: DB, person: Candidate, **values: Any) -> None:
    for name, value in values.items():
        setattr(person, name, value)
    db.commit()


def found(db: DB, batch: Batch, day: date = FILED) -> list[tuple[str, tuple[int, ...]]]:
    with clock.set_to(day):
        return [(one.code, one.rows) for one in eligibility.problems(db, batch)]


def people(db: DB, batch: Batch) -> list[Candidate]:
    wanted = select(Candidate).where(Candidate.batch_id == batch.id).order_by(Candidate.serial)
    return list(db.scalars(wanted))


def test_years_of_work_with_a_trainer_need_social_insurance(db: DB, batch: Batch) -> None:
    assert found(db, batch) == [("insurance_evidence_missing", (1, 2, 3))]
    procedure.insure(db, batch, people(db, batch)[1])
    assert found(db, batch) == [("insurance_evidence_missing", (1, 3))]
    procedure.insure(db, batch)
    assert found(db, batch) == []


def test_an_employer_as_body_needs_none(db: DB) -> None:
    made = factories.batch(db, factories.body(db, kind="employer"))
    be(db, factories.candidates(db, made, 1)[0], years=10, education="70", current_level=None)
    assert found(db, made) == []


def test_who_fits_no_route_is_an_error_and_who_may_fit_one_a_warning(db: DB, batch: Batch) -> None:
    procedure.insure(db, batch)
    first, second, _ = people(db, batch)
    be(db, first, years=3)
    be(db, second, years=5, current_level=factories.level(db, "5"))
    with clock.set_to(FILED):
        problems = eligibility.problems(db, batch)
    result = [(one.code, one.rows, one.severity) for one in problems]
    assert result == [
        ("eligibility_none", (1,), "error"),
        ("eligibility_unknown", (2,), "warning"),
    ]
    assert "现有证书的取得时间（取得后须满4年）" in problems[1].message


def test_the_edition_of_the_day_of_filing_counts(db: DB, batch: Batch) -> None:
    procedure.insure(db, batch)
    be(db, people(db, batch)[0], years=5)
    assert found(db, batch) == [("eligibility_none", (1,))]
    assert found(db, batch, date(2023, 7, 31)) == [("eligibility_none", (1,))]
    assert found(db, batch, date(2023, 8, 1)) == []
    batch.submitted_on, batch.state = FILED, "submitted"
    assert found(db, batch, date(2023, 8, 1)) == [("eligibility_none", (1,))]
    batch.state = "returned"
    assert found(db, batch, date(2023, 8, 1)) == [], "it will be filed anew"


def test_an_occupations_own_routes_replace_the_general_ones_for_its_level(
    db: DB, batch: Batch
) -> None:
    procedure.insure(db, batch)
    first, second, third = people(db, batch)
    factories.keep(
        db,
        EligibilityRoute(
            level=factories.level(db, "4"), order=1, wording="累计从事本职业工作12年以上",
            occupation=first.occupation, edition="车工2020年版", valid_from=date(2020, 1, 1),
            years=12, insurance=True,
        ),
    )  # fmt: skip
    be(db, second, years=12)
    assert found(db, batch) == [("eligibility_none", (1, 3))]
    be(db, third, level=factories.level(db, "5"))
    assert found(db, batch) == [("eligibility_none", (1,))], "五级 still goes by the general ones"


def test_a_batch_of_a_competition_opens_that_route_too(db: DB, batch: Batch) -> None:
    procedure.insure(db, batch)
    first = people(db, batch)[0]
    batch.mode = "contest"
    be(db, first, years=1)
    assert found(db, batch) == [("eligibility_unknown", (1,))]
    be(db, first, basis="2020年全省焊工技能大赛第2名，冀人社字〔2020〕100号")
    assert found(db, batch) == []


def test_a_certificate_number_without_its_level_leaves_the_question_open(
    db: DB, batch: Batch
) -> None:
    procedure.insure(db, batch)
    be(db, people(db, batch)[0], years=5, current_certificate="1913000039301244")
    assert found(db, batch) == [("eligibility_unknown", (1,))]


def test_a_student_may_be_a_graduate_to_be(db: DB, batch: Batch) -> None:
    procedure.insure(db, batch)
    first = people(db, batch)[0]
    be(db, first, years=0, source="student")
    assert found(db, batch) == [("eligibility_unknown", (1,))]
    be(db, first, final_year="yes", school_kind="technical", major_related="yes")
    assert found(db, batch) == []


def test_without_routes_nothing_is_decided(db: DB, batch: Batch) -> None:
    procedure.insure(db, batch)
    db.execute(delete(EligibilityRoute))
    assert found(db, batch) == [("eligibility_unknown", (1, 2, 3))]


def test_one_person_is_judged_like_the_roster(db: DB, batch: Batch) -> None:
    with clock.set_to(FILED):
        one = people(db, batch)[0]
        person = eligibility.person_of(db, one)
        routes = eligibility.routes_on(db, eligibility.sign_up_day(batch))
        result = routes.judge(person, one.level.digit, one.occupation_id)
    assert result.answer == "eligible"
    assert "第2条" in result.sentence


def test_a_roster_costs_the_same_however_long(db: DB) -> None:
    def cost(number: int) -> int:
        made = factories.batch(db, factories.body(db, f"K{number}"))
        factories.candidates(db, made, number, seed=number)
        batch_id = made.id
        db.expunge_all()
        again = db.get_one(Batch, batch_id)
        sent: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            found(db, again)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(sent)

    assert cost(20) == cost(1) <= 7


@pytest.mark.parametrize(
    ("written", "printed"),
    [("2", "第2条"), ("第2条", "第2条"), ("申报条件第2条件", "申报条件第2"), ("", "")],
)
def test_the_route_stands_in_the_application_form(
    db: DB, batch: Batch, written: str, printed: str
) -> None:
    be(db, people(db, batch)[0], condition=written)
    assert applications.of_batch(db, batch)[0].condition == printed
