"""Does the announcement say what it must, and give nobody away?"""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.core import scope
from app.core.roles import SYSTEM
from app.services.results.announcement import Announcement, announcement_of
from tests.factories import body
from tests.procedure import publicity, ready_batch, take


def announced(session: Session, failing: tuple[int, ...] = ()) -> Announcement:
    made = take(session, ready_batch(session, body(session)), "publicising", failing=failing)
    found = publicity(session, made)
    with scope.acting(session, SYSTEM):
        return announcement_of(session, found)


def test_the_period_is_reported_with_its_working_days(session: Session) -> None:
    found = announced(session)
    assert found.opens_on is not None
    assert found.closes_on is not None
    assert found.days == 5
    assert found.body == "KESHI评价中心"
    assert found.phone


def test_names_and_numbers_are_masked(session: Session) -> None:
    for row in announced(session).rows:
        assert "*" in row.id_number
        assert len(row.id_number.replace("*", "")) == 7
        assert len(row.name) < 3 or "*" in row.name


def test_each_person_has_occupation_level_and_result(session: Session) -> None:
    rows = announced(session, failing=(2,)).rows
    assert [row.result for row in rows] == ["合格", "不合格", "合格"]
    assert all(row.occupation and row.work_type and row.level for row in rows)
