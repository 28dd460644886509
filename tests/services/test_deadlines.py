"""Which dates does the home page warn of?"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.core import scope
from app.core.roles import SYSTEM
from app.services.filing.deadlines import Due, due_soon
from tests.factories import body, clerk
from tests.procedure import close_publicity, ready_batch, take


def on(session: Session, day: date, **more: int) -> list[Due]:
    with scope.acting(session, SYSTEM):
        return due_soon(session, day, **more)


def shown(found: list[Due]) -> list[tuple[str, str, str]]:
    return [(one.deadline.key, one.standing.text, one.colour) for one in found]


def test_a_draft_has_to_be_filed_in_time(session: Session) -> None:
    ready_batch(session)
    # The exam is on Saturday 24 April 2021: five whole working days lie after Sunday the 18th.
    assert shown(on(session, date(2021, 4, 12))) == [("latest_submission", "还有6天", "teal")]
    assert shown(on(session, date(2021, 4, 15))) == [("latest_submission", "还有3天", "orange")]
    assert shown(on(session, date(2021, 4, 18))) == [("latest_submission", "今天到期", "orange")]
    assert shown(on(session, date(2021, 4, 20))) == [("latest_submission", "已逾期2天", "red")]


def test_what_is_far_off_is_not_reported(session: Session) -> None:
    ready_batch(session)
    assert on(session, date(2021, 3, 1)) == []


def test_a_filed_batch_has_no_date_to_keep_before_its_exam(session: Session) -> None:
    take(session, ready_batch(session), "filed")
    assert on(session, date(2021, 4, 20)) == []


def test_after_the_exam_the_publicity_has_to_begin(session: Session) -> None:
    take(session, ready_batch(session), "scored")
    assert [one.deadline.key for one in on(session, date(2021, 4, 27))] == ["publicity_begin"]


def test_a_publicity_ends_and_then_the_results_are_due(session: Session) -> None:
    made = take(session, ready_batch(session), "publicising")
    assert [one.deadline.key for one in on(session, date(2021, 4, 28))] == ["publicity_end"]
    close_publicity(session, made, date(2021, 5, 8))
    assert [one.deadline.key for one in on(session, date(2021, 5, 9))] == ["results_due"]


def test_results_on_their_way_are_no_longer_due(session: Session) -> None:
    take(session, ready_batch(session), "results_submitted")
    assert on(session, date(2021, 5, 20)) == []


def test_the_oldest_date_comes_first_and_the_list_is_short(session: Session) -> None:
    of = body(session)
    for day in (28, 26, 27):
        ready_batch(session, of, 1, exam=date(2021, 4, day), seed=day)
    found = on(session, date(2021, 4, 20), limit=2)
    assert [one.batch.exam_date.day for one in found] == [26, 27]


def test_a_year_without_calendar_is_passed_over(session: Session) -> None:
    made = ready_batch(session)
    with scope.acting(session, SYSTEM):
        made.exam_date = date(2098, 4, 24)
        session.commit()
    assert on(session, date(2098, 4, 20)) == []


def test_another_body_is_not_reported(session: Session) -> None:
    ready_batch(session)
    other = clerk(body(session, "OTHER"))
    with scope.acting(session, other):
        assert due_soon(session, date(2021, 4, 12)) == []
