"""Do the centre's settings and its own days reach the rules?"""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.models import CalendarYear, WorkdayOverride
from app.rules.workdays import NoCalendar
from app.services.reference.terms import calendar, number_terms, terms

DB = scoped_session[Session]


def test_the_periods_are_those_of_the_settings(
    db: DB, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (terms().filing_whole_days, terms().publicity_workdays) == (5, 5)
    monkeypatch.setitem(app.config, "FILING_WORKDAYS", 7)
    monkeypatch.setitem(app.config, "PUBLICITY_WORKDAYS", 6)
    assert (terms().filing_whole_days, terms().publicity_workdays) == (7, 6)


def test_numbers_take_province_and_letters_from_the_settings(
    db: DB, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert number_terms().province == "13"
    assert number_terms().letters["employer"] == "Y"
    monkeypatch.setitem(app.config, "CERTIFICATE_LETTERS", {"school": "J"})
    assert number_terms().letters == {"school": "J"}


def test_the_centres_own_days_win_over_the_published_ones(db: DB) -> None:
    assert not calendar(db).is_workday(date(2021, 5, 3))
    assert calendar(db).is_workday(date(2021, 4, 25)), "worked in exchange for May Day"
    db.add(WorkdayOverride(day=date(2021, 5, 3), working=True))
    db.add(WorkdayOverride(day=date(2021, 4, 25), working=False))
    db.commit()
    assert calendar(db).is_workday(date(2021, 5, 3))
    assert not calendar(db).is_workday(date(2021, 4, 25))


def test_a_year_counts_only_once_the_centre_says_it_is_complete(db: DB) -> None:
    db.add(WorkdayOverride(day=date(2041, 1, 1), working=False))
    db.commit()
    with pytest.raises(NoCalendar):
        calendar(db).is_workday(date(2041, 1, 2))
    db.add(CalendarYear(year=2041, source="通知"))
    db.commit()
    assert calendar(db).is_workday(date(2041, 1, 2))
    assert not calendar(db).is_workday(date(2041, 1, 1))


def test_everybody_counts_by_the_same_calendar(db: DB) -> None:
    db.add(WorkdayOverride(day=date(2021, 5, 3), working=True))
    db.commit()
    scope.bind(db, None)
    assert calendar(db).is_workday(date(2021, 5, 3))
