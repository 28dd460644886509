"""How are deadlines written as an iCalendar file (RFC 5545)?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from app.core import clock

PRODUCT = "-//skills-backoffice//deadlines//ZH"
REFRESH = timedelta(hours=6)


@dataclass(frozen=True)
class DayEvent:
    """An all-day event. Calendar programs recognise it by ``uid`` when its day has changed.

    ``version`` grows with every change of the underlying record; ``changed`` is naive local time.
    """

    uid: str
    day: date
    title: str
    text: str
    link: str
    version: int
    changed: datetime | None = None


def write_calendar(name: str, events: Iterable[DayEvent]) -> bytes:
    """Return an iCalendar file called ``name`` with these events, each lasting the whole day."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(clock.ZONE))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for one in events:
        calendar.add_component(_event(one))
    content: bytes = calendar.to_ical()
    return content


def _event(one: DayEvent) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", _moment(clock.now()))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", one.title)
    event.add("description", one.text)
    event.add("url", one.link)
    event.add("sequence", one.version)
    event.add("transp", "TRANSPARENT")
    if one.changed is not None:
        event.add("last-modified", _moment(one.changed))
    return event


def _moment(local: datetime) -> datetime:
    return local.replace(tzinfo=clock.ZONE).astimezone(UTC)
