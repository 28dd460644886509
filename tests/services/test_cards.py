"""Does everyone whom an arrangement names get a card that is valid on its days, once?"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.accounts import acting
from app.core.roles import Actor
from app.models import Assessor, Body, Supervisor
from app.roles import BODY_CLERK, CITY_CLERK
from app.services.demonstration import missing_cards
from app.services.demonstration.workbook_facts import Named
from app.services.exam.examiner_names import Cards
from tests import factories

DB = scoped_session[Session]
DAYS = (date(2021, 4, 24), date(2021, 4, 25))
NAMED = Named({"甲": frozenset({"车工"}), "乙": frozenset({"车工", "焊工"})}, ("丙",))


@pytest.fixture
def body(db: DB) -> Body:
    factories.user(db, CITY_CLERK, at=factories.centre(db))
    return factories.body(db)


@pytest.fixture
def clerk(db: DB, body: Body) -> Actor:
    return acting.actor_of(factories.user(db, BODY_CLERK, body=body), "test")


def register(db: DB, clerk: Actor, body: Body, named: Named = NAMED) -> None:
    with scope.acting(db, clerk):
        missing_cards.register(db, clerk, body, named, DAYS)


def names(db: DB, model: type[Assessor | Supervisor]) -> list[str]:
    return sorted(db.scalars(select(model.name)))


def test_everyone_gets_a_card_for_the_occupations_they_examine_in(
    db: DB, body: Body, clerk: Actor
) -> None:
    register(db, clerk, body)
    made = {one.name: one for one in db.scalars(select(Assessor))}
    assert {job.name for job in made["乙"].occupations} == {"车工", "焊工"}
    assert {job.name for job in made["甲"].occupations} == {"车工"}
    assert all(one.valid_from <= DAYS[0] and DAYS[1] <= one.valid_to for one in made.values())
    assert {one.body for one in made.values()} == {body}
    assert names(db, Supervisor) == ["丙"]


def test_cards_are_made_in_the_order_in_which_the_people_are_named(
    db: DB, body: Body, clerk: Actor
) -> None:
    jobs = frozenset({"车工"})
    named = Named({"马力强": jobs, "许彦": jobs, "宋文辉": jobs}, ("丙", "乙"))
    register(db, clerk, body, named)
    made = db.scalars(select(Assessor.name).order_by(Assessor.id)).all()
    assert made == ["马力强", "许彦", "宋文辉"]


def test_a_second_time_nobody_gets_another(db: DB, body: Body, clerk: Actor) -> None:
    register(db, clerk, body)
    register(db, clerk, body)
    assert (names(db, Assessor), names(db, Supervisor)) == (["乙", "甲"], ["丙"])


def test_a_lapsed_card_is_renewed_and_not_doubled(db: DB, body: Body, clerk: Actor) -> None:
    factories.assessor(db, body, name="甲", valid_to=date(2021, 4, 24))
    register(db, clerk, body)
    assert names(db, Assessor) == ["乙", "甲"]
    renewed = db.scalars(select(Assessor).where(Assessor.name == "甲")).one()
    assert renewed.valid_from <= DAYS[0]
    assert DAYS[-1] <= renewed.valid_to


def test_examining_in_an_earlier_year_afterwards_leaves_one_card_for_each_day(
    db: DB, body: Body, clerk: Actor
) -> None:
    years = [(date(year, 4, 24),) for year in (2022, 2025, 2020, 2021, 2024)]
    for days in years:
        with scope.acting(db, clerk):
            missing_cards.register(db, clerk, body, NAMED, days)
    assert (names(db, Assessor), names(db, Supervisor)) == (["乙", "甲"], ["丙"])
    for (day,) in years:
        with scope.acting(db, clerk):
            assert Cards(db, Assessor, ["甲", "乙"], body).find(["甲", "乙"], day, "")[1] == []
            assert Cards(db, Supervisor, ["丙"], body).find(["丙"], day, "")[1] == []


def test_supervisors_are_registered_by_the_centre_and_not_by_the_body(
    db: DB, body: Body, clerk: Actor
) -> None:
    register(db, clerk, body)
    (watcher,) = db.scalars(select(Supervisor)).all()
    assert watcher.created_by_id != clerk.id
    assert (watcher.centre, watcher.body) == (body.city_centre, None)


def test_a_known_card_is_widened_by_the_occupation_that_is_examined(
    db: DB, body: Body, clerk: Actor
) -> None:
    weld = factories.work_type(db, "电焊工").occupation
    factories.assessor(db, body, name="甲", occupations=[weld])
    pooled = factories.assessor(db, None, name="乙", occupations=[])
    register(db, clerk, body)
    own = db.scalars(select(Assessor).where(Assessor.name == "甲")).one()
    assert {job.name for job in own.occupations} == {"车工", "焊工"}
    assert {job.name for job in pooled.occupations} == {"车工", "焊工"}
    assert names(db, Assessor) == ["乙", "甲"]
