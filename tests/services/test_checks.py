"""Which values of a single row are refused, whoever saves it?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session, scoped_session

from app.core.records import checks
from app.models import (
    Assessor,
    Batch,
    Body,
    BodyScope,
    CalendarYear,
    Candidate,
    Enterprise,
    ExamPaper,
    ExamSession,
    Material,
    Occupation,
    Plan,
    Supervisor,
)
from tests import factories, procedure

DB = scoped_session[Session]
Make = Callable[[DB, dict[str, Any]], Any]


def _body(db: DB, values: dict[str, Any]) -> Body:
    body = factories.body(db)
    for name, value in values.items():
        setattr(body, name, value)
    return body


def _scope(db: DB, values: dict[str, Any]) -> BodyScope:
    row = factories.work_type(db)
    given = {
        "body": factories.body(db, work_types=()),
        "occupation": row.occupation,
        "work_type": row,
        "lowest_level": factories.level(db, "5"),
        "highest_level": factories.level(db, "3"),
    }
    return BodyScope(**(given | _found(db, values)))


def _found(db: DB, values: dict[str, Any]) -> dict[str, Any]:
    """Reference rows for their names."""
    found = dict(values)
    for name in ("lowest_level", "highest_level", "level"):
        if name in found:
            found[name] = factories.level(db, found[name])
    if "work_type" in found:
        found["work_type"] = factories.work_type(db, found["work_type"])
    if "occupation" in found:
        found["occupation"] = factories.one(db, Occupation, name=found["occupation"])
    return found


def _enterprise(db: DB, values: dict[str, Any]) -> Enterprise:
    made = factories.enterprise(db)
    return Enterprise(
        name="乙厂", region=made.region, city_centre=made.city_centre,
        **({"credit_code": made.credit_code} | values),
    )  # fmt: skip


def _card(model: type[Any]) -> Make:
    def make(db: DB, values: dict[str, Any]) -> Any:
        given = {"valid_from": date(2021, 1, 1), "valid_to": date(2023, 12, 31)}
        return model(name="魏", card_no="1", centre=factories.centre(db), **(given | values))

    return make


def _plan(db: DB, values: dict[str, Any]) -> Plan:
    return Plan(no="JH-1", title="计划", body=factories.body(db), year=2021, **values)


def _candidate(db: DB, values: dict[str, Any]) -> Candidate:
    batch = factories.batch(db, factories.body(db))
    (person,) = factories.candidates(db, batch, 1)
    for name, value in _found(db, values).items():
        setattr(person, name, value)
    return person


def _session(db: DB, values: dict[str, Any]) -> ExamSession:
    row = factories.work_type(db)
    given = {"occupation": row.occupation, "work_type": row, "headcount": 3}
    return ExamSession(
        batch=factories.batch(db, factories.body(db)),
        exam_date=factories.EXAM,
        level=factories.level(db, "4"),
        **(given | _found(db, values)),
    )


NINE, TEN = datetime(2021, 4, 24, 9), datetime(2021, 4, 24, 10)
MAKERS: dict[str, Make] = {
    "body": _body,
    "scope": _scope,
    "enterprise": _enterprise,
    "assessor": _card(Assessor),
    "supervisor": _card(Supervisor),
    "plan": _plan,
    "candidate": _candidate,
    "session": _session,
}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_sound_row_meets_no_objection(db: DB, kind: str) -> None:
    with db.no_autoflush:
        assert checks.problems_of(db, MAKERS[kind](db, {})) == []


@pytest.mark.parametrize(
    ("kind", "values", "code", "field"),
    [
        ("body", {"kind": "club"}, "code_unknown", "kind"),
        ("body", {"valid_to": date(2019, 1, 1)}, "dates_reversed", "valid_to"),
        ("body", {"credit_code": "12345"}, "credit_code_format", "credit_code"),
        ("scope", {"occupation": "焊工"}, "work_type_of_other_occupation", "work_type"),
        ("scope", {"lowest_level": "2"}, "levels_reversed", "highest_level"),
        ("enterprise", {"credit_code": "12345"}, "credit_code_format", "credit_code"),
        ("assessor", {"valid_to": date(2020, 1, 1)}, "dates_reversed", "valid_to"),
        ("assessor", {"id_number": "130203198209232770"}, "id_check_digit", "id_number"),
        ("supervisor", {"phone": "12"}, "phone_format", "phone"),
        (
            "plan",
            {"planned_from": date(2021, 5, 1), "planned_to": date(2021, 4, 1)},
            "dates_reversed",
            "planned_to",
        ),
        ("candidate", {"education": "博学"}, "code_unknown", "education"),
        ("candidate", {"gender": "9"}, None, "gender"),
        ("candidate", {"id_number": "130203198209232770"}, "id_check_digit", "id_number"),
        ("candidate", {"occupation": "焊工"}, "occupation_mismatch", "occupation"),
        ("session", {"occupation": "焊工"}, "work_type_of_other_occupation", "work_type"),
        ("session", {"headcount": 0}, "headcount", "headcount"),
        (
            "session",
            {"theory_start": TEN, "theory_end": NINE},
            "times_reversed",
            "theory_end",
        ),
        (
            "session",
            {"practical_start": NINE, "practical_end": NINE},
            "times_reversed",
            "practical_end",
        ),
    ],
)
def test_an_unsound_value_is_refused_at_its_field(
    db: DB, kind: str, values: dict[str, Any], code: str | None, field: str
) -> None:
    with db.no_autoflush:
        problems = checks.problems_of(db, MAKERS[kind](db, values))
    at_field = [one for one in problems if one.field == field]
    assert at_field, [(one.code, one.field) for one in problems]
    assert code is None or code in {one.code for one in at_field}
    db.rollback()


@pytest.mark.parametrize("year", [1, 1899, 3000, 9999])
def test_a_day_that_nobody_means_is_refused_before_anything_is_counted_from_it(
    db: DB, year: int
) -> None:
    body = factories.body(db)
    batch = Batch(body=body, name="批次", exam_date=date(year, 12, 31))
    with db.no_autoflush:
        assert [one.field for one in checks.problems_of(db, batch)] == ["exam_date"]
        known = CalendarYear(year=year, source="测试")
        assert [one.field for one in checks.problems_of(db, known)] == ["year"]
    db.rollback()


def test_no_batch_goes_past_the_city_by_naming_the_province_as_its_place(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    with db.no_autoflush:
        batch.region = factories.centre(db, factories.PROVINCE).region
        (problem,) = checks.problems_of(db, batch)
        assert (problem.code, problem.field) == ("city_centre_level", "region")
        batch.region = batch.body.region
        assert checks.problems_of(db, batch) == []
    db.rollback()


def test_a_file_belongs_to_somebody_on_the_roster_of_its_batch(db: DB) -> None:
    body = factories.body(db)
    first, second = factories.batch(db, body), factories.batch(db, body)
    (person,) = factories.candidates(db, second, 1)
    made = Material(batch=first, candidate=person, kind="other", filename="a.pdf")
    with db.no_autoflush:
        (problem,) = checks.problems_of(db, made)
        made.batch = second
        assert checks.problems_of(db, made) == []
    assert (problem.code, problem.field) == ("parents_apart", "candidate")
    db.rollback()


def test_papers_are_printed_under_an_agreement_of_their_own_body(db: DB) -> None:
    ours, theirs = factories.body(db), factories.body(db, "THEIRS")
    made = ExamPaper(
        batch=factories.batch(db, ours), work_type=factories.work_type(db),
        level=factories.level(db, "4"), source="bank", agreement=procedure.agreement(db, theirs),
    )  # fmt: skip
    with db.no_autoflush:
        (problem,) = checks.problems_of(db, made)
        made.agreement = procedure.agreement(db, ours)
        assert checks.problems_of(db, made) == []
    assert (problem.code, problem.field) == ("parents_apart", "agreement")
    db.rollback()


def test_a_level_that_the_body_may_not_evaluate_is_refused(db: DB) -> None:
    batch = factories.batch(db, factories.body(db, highest="4"))
    (person,) = factories.candidates(db, batch, 1, levels=("3",))
    assert [one.code for one in checks.problems_of(db, person)] == ["level_out_of_scope"]


def test_a_row_that_lacks_something_is_not_judged_further(db: DB) -> None:
    assert checks.problems_of(db, ExamSession(headcount=0)) == []
    assert checks.problems_of(db, Enterprise(credit_code="x")) == []


def test_a_retired_code_is_still_known_so_that_old_rows_can_be_saved(db: DB) -> None:
    from app.core.tables import CodeItem, CodeKind

    kind = factories.one(db, CodeKind, kind="education")
    for item in (factories.one(db, CodeItem, kind_id=kind.id, code="50"),):
        item.active = False
    db.commit()
    batch = factories.batch(db, factories.body(db))
    (person,) = factories.candidates(db, batch, 1)
    person.education = "50"
    assert checks.problems_of(db, person) == []
