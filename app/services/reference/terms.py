"""Which periods, letters and day counts do this centre's settings and calendar give?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from app.core.records.read_once import read_once
from app.core.scope import AnySession
from app.models import CalendarYear, WorkdayOverride
from app.rules.terms import Terms
from app.rules.workdays import WorkCalendar


def terms() -> Terms:
    """Return the periods of the procedure from the settings."""
    settings = current_app.config
    return Terms(
        filing_whole_days=settings["FILING_WORKDAYS"],
        publicity_begin_workdays=settings["PUBLICITY_BEGIN_WORKDAYS"],
        publicity_workdays=settings["PUBLICITY_WORKDAYS"],
        results_workdays=settings["RESULTS_WORKDAYS"],
        paper_years=settings["PAPER_YEARS"],
        electronic_years=settings["ELECTRONIC_YEARS"],
        retake_months=settings["RETAKE_MONTHS"],
        counting=settings["COUNTING"],
    )


@dataclass(frozen=True)
class NumberTerms:
    """Settings of certificate numbers: the province code and the letters by kind of body."""

    province: str
    letters: dict[str, str]


def number_terms() -> NumberTerms:
    """Return the settings of certificate numbers."""
    settings = current_app.config
    return NumberTerms(settings["PROVINCE_CODE"], dict(settings["CERTIFICATE_LETTERS"]))


@read_once
def calendar(session: AnySession) -> WorkCalendar:
    """Return the working-day calendar: published days, overridden by the centre's own."""
    return read_calendar(session)


def read_calendar(session: AnySession) -> WorkCalendar:
    """Read the working-day calendar from the database."""
    rows = session.execute(
        select(WorkdayOverride.day, WorkdayOverride.working, WorkdayOverride.note)
    ).all()
    years = session.scalars(select(CalendarYear.year)).all()
    return WorkCalendar(
        overrides={row.day: row.working for row in rows},
        known_years=frozenset(years),
        counting=terms().counting,
        notes={row.day: row.note for row in rows if row.note},
    )
