"""Which periods, letters and day counts does this centre use? Its settings and its calendar."""

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
    """The periods of the procedure as this installation sets them."""
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
    """What certificate numbers take from the settings: province and letters by body kind."""

    province: str
    letters: dict[str, str]


def number_terms() -> NumberTerms:
    """The settings of the certificate numbers."""
    settings = current_app.config
    return NumberTerms(settings["PROVINCE_CODE"], dict(settings["CERTIFICATE_LETTERS"]))


@read_once
def calendar(session: AnySession) -> WorkCalendar:
    """The working-day calendar with the centre's own days over the published ones."""
    return read_calendar(session)


def read_calendar(session: AnySession) -> WorkCalendar:
    """``calendar`` as it stands in the database now, also where it was read before."""
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
