"""Does a batch go its way by the right people on plausible days, as far as it is asked to?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock
from app.core.accounts import acting
from app.core.workflow import moves
from app.models import Body, Score
from app.roles import BODY_CLERK, CITY_ADMIN, PROVINCE_ADMIN
from app.services.demonstration.batch_walk import Walk, Workbook, Workbooks
from tests import factories

DB = scoped_session[Session]
FOLDER = Path(__file__).parents[1] / "workbooks"
WORK_TYPES = ("普通车工", "数控车工", "电焊工", "电工", "桥式起重机司机")


def workbook(name: str) -> Workbook:
    return Workbook(name, (FOLDER / name).read_bytes())


@pytest.fixture
def walk(db: DB) -> Walk:
    """The tidy samples under a body of ours, begun on 12 April 2021."""
    body: Body = factories.body(db, work_types=WORK_TYPES)
    province = factories.centre(db, factories.PROVINCE)
    for _ in range(2):
        factories.user(db, CITY_ADMIN, at=factories.centre(db))
        factories.user(db, PROVINCE_ADMIN, at=province)
    clerk = acting.actor_of(factories.user(db, BODY_CLERK, body=body), "test")
    files = Workbooks(
        workbook("roster-tidy.xlsx"),
        workbook("exam-arrangement-tidy.xlsx"),
        workbook("scores-tidy.xlsx"),
    )
    with clock.set_to(date(2021, 4, 12)):
        made = Walk(db, clerk, body, files)
        made.prepare()
    return made


def test_a_walk_stops_where_it_is_told_to_and_leaves_nobody_acting(db: DB, walk: Walk) -> None:
    before = db.info["actor"]
    assert walk.batch.state == "draft"
    assert walk.to("filed").state == "filed"
    assert [step.move for step in moves.steps_of(db, walk.batch)] == ["create", "submit", "file"]
    assert db.scalars(select(Score.id)).all() == []
    assert db.info["actor"] == before
    assert not clock.is_set()


def test_every_step_is_later_than_the_one_before_and_in_time(db: DB, walk: Walk) -> None:
    batch = walk.to("archived")
    steps = moves.steps_of(db, batch)
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    day = {step.move: step.at.date() for step in steps}
    assert day["submit"] <= date(2021, 4, 16)
    assert day["begin_exam"] == batch.exam_date
    assert day["publicise"] > (batch.exam_end or batch.exam_date)
    by = {step.move: step.actor_id for step in steps}
    assert len({by["submit"], by["file"], by["register"]}) == 3
    assert by["submit"] == by["certify"] == by["archive"]
