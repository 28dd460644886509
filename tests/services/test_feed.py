"""Does a calendar program read exactly the dates in its user's scope, and nothing personal?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.records import record
from app.core.roles import SYSTEM
from app.models import AppUser, Batch, CalendarFeed, Candidate, WorkdayOverride
from app.roles import BODY_CLERK, CITY_ADMIN
from app.services.filing import feed
from tests.factories import BAODING, body, centre, user
from tests.procedure import ready_batch, take
from tests.services.test_next_due import counted

DB = scoped_session[Session]
TODAY = date(2021, 4, 12)


@pytest.fixture
def batch(db: DB) -> Batch:
    return ready_batch(db)


def read(db: DB, who: AppUser, day: date = TODAY) -> dict[str, dict[str, object]]:
    """The events of the user's calendar, read again as a calendar program would."""
    word = feed.renew(db, who.id)
    actor = feed.reader_of(db, word)
    assert actor is not None
    with clock.set_to(day):
        content = feed.calendar_of(db, actor, lambda one: f"https://x.example/batch/show/{one.id}")
    found = Calendar.from_ical(content)
    assert found["version"] == "2.0"
    return {
        str(event["uid"]): {
            "day": event.decoded("dtstart"),
            "end": event.decoded("dtend"),
            "title": str(event["summary"]),
            "text": str(event["description"]),
            "link": str(event["url"]),
            "stamp": event.decoded("dtstamp"),
        }
        for event in found.walk("VEVENT")
    }


def test_a_clerk_reads_the_dates_of_the_bodys_batches(db: DB, batch: Batch) -> None:
    events = read(db, user(db, BODY_CLERK, body=batch.body))
    assert sorted(events) == [
        f"batch-{batch.id}-latest_submission@skills-backoffice",
        f"batch-{batch.id}-publicity_begin@skills-backoffice",
    ]
    first = events[f"batch-{batch.id}-latest_submission@skills-backoffice"]
    assert (first["day"], first["end"]) == (date(2021, 4, 18), date(2021, 4, 19))
    assert first["title"] == f"最晚报送备案：{batch.no} 春季认定"
    assert "流程五" in str(first["text"])
    assert batch.body.name in str(first["text"])
    assert first["link"] == f"https://x.example/batch/show/{batch.id}"


def test_a_date_that_moves_is_the_same_event(db: DB, batch: Batch) -> None:
    who = user(db, BODY_CLERK, body=batch.body)
    before = read(db, who)
    record.add(db, SYSTEM, WorkdayOverride(day=date(2021, 4, 21), working=False))
    after = read(db, who)
    assert set(after) == set(before)
    moved = [uid for uid in after if after[uid]["day"] != before[uid]["day"]]
    assert moved == [f"batch-{batch.id}-latest_submission@skills-backoffice"]


def test_what_is_done_is_no_longer_an_event(db: DB, batch: Batch) -> None:
    who = user(db, BODY_CLERK, body=batch.body)
    take(db, batch, "filed")
    assert list(read(db, who)) == [f"batch-{batch.id}-publicity_begin@skills-backoffice"]


def test_what_is_past_its_day_stays_for_a_while(db: DB, batch: Batch) -> None:
    who = user(db, BODY_CLERK, body=batch.body)
    assert len(read(db, who, date(2021, 4, 25))) == 2
    assert read(db, who, batch.next_due + feed.LOOKED_BACK) != {}
    assert read(db, who, batch.next_due + feed.LOOKED_BACK + timedelta(days=1)) == {}


def test_nothing_of_another_body_or_city_is_read(db: DB, batch: Batch) -> None:
    ready_batch(db, body(db, "OTHER", city=BAODING), 1, seed=5)
    for who in (user(db, BODY_CLERK, body=batch.body), user(db, CITY_ADMIN, at=centre(db))):
        found = read(db, who)
        assert len(found) == 2
        assert all(uid.startswith(f"batch-{batch.id}-") for uid in found)


def test_no_candidate_is_named(db: DB, batch: Batch) -> None:
    words = str(read(db, user(db, BODY_CLERK, body=batch.body)))
    for person in db.scalars(select(Candidate)):
        assert person.name not in words
        assert person.id_number not in words


def test_only_a_digest_of_the_address_is_kept(db: DB, batch: Batch) -> None:
    who = user(db, BODY_CLERK, body=batch.body)
    word = feed.renew(db, who.id)
    assert len(word) >= 43
    (kept,) = db.scalars(select(CalendarFeed)).all()
    assert word not in str(vars(kept))


def test_a_new_address_ends_the_old_one(db: DB, batch: Batch) -> None:
    who = user(db, BODY_CLERK, body=batch.body)
    old, new = feed.renew(db, who.id), feed.renew(db, who.id)
    assert feed.reader_of(db, old) is None
    assert feed.reader_of(db, new) is not None
    feed.revoke(db, who.id)
    assert feed.reader_of(db, new) is None
    assert feed.feed_of(db, who.id) is None


def test_the_calendar_of_a_closed_account_is_closed(db: DB, batch: Batch) -> None:
    who = user(db, BODY_CLERK, body=batch.body)
    word = feed.renew(db, who.id)
    who.active = False
    db.commit()
    assert feed.reader_of(db, word) is None


@pytest.mark.parametrize("word", ["", "x", "x" * 5000, "\0", "中文"])
def test_a_wrong_address_opens_nothing(db: DB, word: str) -> None:
    assert feed.reader_of(db, word) is None


def test_reading_leaves_the_session_as_it_was(db: DB, batch: Batch) -> None:
    read(db, user(db, BODY_CLERK, body=batch.body))
    assert scope.actor_of(db) is SYSTEM


def test_a_calendar_costs_the_same_however_many_batches(db: DB, batch: Batch) -> None:
    who = user(db, BODY_CLERK, body=batch.body)
    word = feed.renew(db, who.id)

    def cost() -> int:
        db.expire_all()
        with counted() as seen, clock.set_to(TODAY):
            actor = feed.reader_of(db, word)
            assert actor is not None
            feed.calendar_of(db, actor, lambda one: "")
        return len(seen)

    few = cost()
    for number in range(5):
        ready_batch(db, batch.body, 1, seed=number + 20)
    assert cost() == few
