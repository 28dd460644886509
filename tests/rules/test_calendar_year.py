"""Is a sheet of a year's holidays refused line by line, and doubted as a whole?"""

from __future__ import annotations

from datetime import date

import pytest

from app.rules.reference.calendar_year import DayRow, balance_problems, day_problems
from tests.rules.people import codes
from tests.rules.published_days import NOTICES, days_off, days_worked

YEAR = 2031


def line(day: str, word: str = "放假", number: int = 2, year: int | None = YEAR) -> DayRow:
    return DayRow(number, year, date.fromisoformat(day) if day else None, word)


@pytest.mark.parametrize("word", ["放假", "休", " 放 假 ", "上班", "班", "调休上班"])
def test_a_line_says_worked_or_off_in_the_usual_words(word: str) -> None:
    assert day_problems([line("2031-10-01", word)], YEAR) == []
    assert line("2031-10-01", word).working == ("班" in word)


def test_a_line_without_day_or_word_is_refused_for_both() -> None:
    found = day_problems([line("", "可能", 7)], YEAR)
    assert codes(found) == ["calendar_day_missing", "calendar_day_missing"]
    assert {problem.row for problem in found} == {7}
    assert "“可能”" in found[1].message


@pytest.mark.parametrize(
    ("day", "year"), [("2030-12-31", YEAR), ("2032-01-01", None), ("2031-01-01", 2030)]
)
def test_a_line_of_another_year_is_refused(day: str, year: int | None) -> None:
    (problem,) = day_problems([line(day, year=year)], YEAR)
    assert problem.code == "calendar_day_year"
    assert "2031年" in problem.message


def test_the_days_at_both_ends_of_the_year_belong_to_it() -> None:
    rows = [line("2031-01-01", number=2), line("2031-12-31", number=3, year=None)]
    assert day_problems(rows, YEAR) == []


def test_a_day_that_stands_twice_is_refused_in_both_places() -> None:
    rows = [line("2031-10-01", number=2), line("2031-10-01", "上班", number=5)]
    found = day_problems(rows, YEAR)
    assert codes(found) == ["calendar_day_twice", "calendar_day_twice"]
    assert [problem.row for problem in found] == [2, 5]


@pytest.mark.parametrize("year", [year for year in NOTICES if year != 2020])
def test_every_published_year_adds_up(year: int) -> None:
    rows = [DayRow(1, year, day, "放假") for day in days_off(year)]
    rows += [DayRow(1, year, day, "上班") for day in days_worked(year)]
    assert balance_problems(rows, year) == []


def test_a_year_with_a_worked_weekend_forgotten_is_doubted() -> None:
    rows = [DayRow(1, 2021, day, "放假") for day in days_off(2021)]
    (problem,) = balance_problems(rows, 2021)
    assert (problem.code, problem.severity) == ("calendar_unbalanced", "warning")
    assert "相差18天" in problem.message
