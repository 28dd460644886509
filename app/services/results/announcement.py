"""What does the announcement of a batch's results say without identifying anyone?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.masking import mask_identity, mask_name
from app.core.scope import AnySession
from app.models import Publicity
from app.rules.workdays import NoCalendar
from app.services.reference.terms import calendar
from app.services.results import published


@dataclass(frozen=True)
class Announced:
    """One person of the list: masked name and number, and the result without marks."""

    name: str
    id_number: str
    employer: str
    occupation: str
    work_type: str
    level: str
    result: str


@dataclass(frozen=True)
class Announcement:
    """The variable parts of the text; ``days`` counts working days (0: not countable)."""

    body: str
    batch_no: str
    opens_on: date | None
    closes_on: date | None
    days: int
    phone: str
    rows: tuple[Announced, ...]


def announcement_of(session: AnySession, publicity: Publicity) -> Announcement:
    """Return the announcement of a publicity, within the scope of the session's actor."""
    batch = publicity.batch
    return Announcement(
        body=batch.body.name,
        batch_no=batch.no,
        opens_on=publicity.opens_on,
        closes_on=publicity.closes_on,
        days=_days(session, publicity.opens_on, publicity.closes_on),
        phone=publicity.phone or batch.complaint_phone,
        rows=tuple(_rows(session, publicity)),
    )


def _days(session: AnySession, opens: date | None, closes: date | None) -> int:
    if opens is None or closes is None:
        return 0
    try:
        # The last day is part of the period, whereas the calendar counts strictly between two days.
        return calendar(session).workdays_between(opens, closes + timedelta(days=1))
    except NoCalendar:
        return 0


def _rows(session: AnySession, publicity: Publicity) -> Iterator[Announced]:
    """Yield what was made public, or before that what would be."""
    for one in published.rows(session, publicity):
        yield Announced(
            name=mask_name(one.name),
            id_number=mask_identity(one.id_number),
            employer=one.employer,
            occupation=one.occupation,
            work_type=one.work_type,
            level=one.level,
            result=one.result or ("合格" if one.passed else "不合格"),
        )
