"""Are the centre's demands taken as they stand on the day, for those whom they concern?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock
from app.models import Batch, Candidate, Material, MaterialRequirement, StaffingRule
from app.services.filing import filing, requirements
from app.services.sign_up import sign_up
from tests import factories, procedure

DB = scoped_session[Session]


@pytest.fixture
def batch(db: DB) -> Batch:
    made = procedure.ready_batch(db, number=4, levels=("5", "4"))
    db.execute(delete(Material))
    db.execute(delete(MaterialRequirement))
    db.commit()
    return made


def demand(db: DB, **values: Any) -> MaterialRequirement:
    given = {
        "code": "id", "name": "身份证", "kind": "id_copy", "valid_from": date(2021, 1, 1),
    }  # fmt: skip
    return factories.keep(db, MaterialRequirement(**(given | values)))


def unmet(db: DB, of: Batch, on: date = factories.FILED) -> list[tuple[bool, tuple[int, ...]]]:
    found = requirements.demands_on(db, of, sign_up.people(db, of), on)
    return [(one.met, one.without) for one in found]


def hand_in(db: DB, of: Batch, serial: int | None = None) -> None:
    person = None
    if serial is not None:
        person = db.scalars(select(Candidate).where(Candidate.serial == serial)).one()
    factories.keep(
        db,
        Material(
            batch=of, candidate=person, kind="id_copy", filename="a.txt", size=1, content=b"x"
        ),
    )


def test_the_seeds_demand_what_the_notice_does(db: DB) -> None:
    rows = db.scalars(select(MaterialRequirement)).all()
    assert {(one.kind, one.body_kind, one.severity) for one in rows} == {
        ("employer_statement", "trainer", "error"),
        ("application", "", "warning"),
    }
    assert {one.valid_from for one in rows} == {date(2021, 3, 25)}


@pytest.mark.parametrize(
    ("first", "last", "asked"),
    [
        (factories.FILED, factories.FILED, True),
        (date(2021, 4, 13), None, False),
        (date(2021, 1, 1), date(2021, 4, 11), False),
    ],
)
def test_a_demand_counts_on_its_days(
    db: DB, batch: Batch, first: date, last: date | None, asked: bool
) -> None:
    demand(db, valid_from=first, valid_to=last)
    assert bool(unmet(db, batch)) is asked


def test_one_file_for_the_batch_answers_a_demand_on_it(db: DB, batch: Batch) -> None:
    demand(db)
    assert unmet(db, batch) == [(False, ())]
    hand_in(db, batch, 1)
    assert unmet(db, batch) == [(False, ())]
    hand_in(db, batch)
    assert unmet(db, batch) == [(True, ())]


def test_who_has_handed_in_none_is_named_and_a_bound_volume_is_enough(db: DB, batch: Batch) -> None:
    demand(db, per="candidate")
    hand_in(db, batch, 1)
    hand_in(db, batch, 3)
    assert unmet(db, batch) == [(False, (2, 4))]
    hand_in(db, batch)
    assert unmet(db, batch)[0][0] is True


@pytest.mark.parametrize(("whom", "rows"), [("", (1, 2, 3, 4)), ("holding", (2, 4)),
                                            ("without", (1, 3))])  # fmt: skip
def test_a_demand_may_concern_some_only(
    db: DB, batch: Batch, whom: str, rows: tuple[int, ...]
) -> None:
    demand(db, per="candidate", whom=whom)
    assert unmet(db, batch) == [(False, rows)]


def test_a_demand_that_concerns_nobody_is_none(db: DB, batch: Batch) -> None:
    demand(db, whom="holding")
    demand(db, code="b", body_kind="school")
    demand(db, code="c", target="student")
    for person in db.scalars(select(Candidate)):
        person.current_level, person.current_certificate = None, ""
    db.commit()
    assert unmet(db, batch) == []


def test_the_weight_that_the_centre_gives_is_the_findings(db: DB, batch: Batch) -> None:
    demand(db, severity="warning", clause="")
    with clock.set_to(factories.FILED):
        found = filing.problems(db, batch)
    (missing,) = [one for one in found if one.code == "material_missing"]
    assert (missing.severity, missing.clause) == ("warning", "")


def test_an_occupation_may_have_a_norm_of_its_own(db: DB, batch: Batch) -> None:
    kind = factories.work_type(db)
    own = StaffingRule(
        code="车工", name="车工", occupation=kind.occupation, severity="error",
        practical_least=5, own_employer="allowed", valid_from=date(2021, 1, 1),
    )  # fmt: skip
    factories.keep(db, own)
    norms = {one.occupation: one for one in requirements.staffing(db)}
    assert set(norms) == {"", kind.occupation.name}
    assert norms[kind.occupation.name].own_employer is None
    assert norms[""].own_employer == "warning"
    with clock.set_to(factories.FILED):
        found = {one.code: one.severity for one in filing.problems(db, batch)}
    assert found["assessors_few"] == "error"
