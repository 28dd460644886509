"""Is everything kept as long as the notice demands?"""

from __future__ import annotations

from datetime import date

import pytest

from app.rules.archive.retention import deletion_problems, keep_until, retention_problems
from app.rules.terms import Terms
from tests.rules.people import codes


def test_paper_is_kept_three_years_and_files_five() -> None:
    assert keep_until(date(2021, 5, 10), "paper") == date(2024, 5, 10)
    assert keep_until(date(2021, 5, 10), "electronic") == date(2026, 5, 10)


def test_a_batch_that_ended_on_a_leap_day_is_kept_a_day_longer_and_not_shorter() -> None:
    assert keep_until(date(2020, 2, 29), "paper") == date(2023, 3, 1)
    assert keep_until(date(2020, 2, 29), "paper", Terms(paper_years=4)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("today", "objections"),
    [(date(2024, 5, 10), ["retention_not_over"]), (date(2024, 5, 11), [])],
)
def test_nothing_is_destroyed_before_its_time_is_over(today: date, objections: list[str]) -> None:
    assert codes(retention_problems(date(2024, 5, 10), today)) == objections


@pytest.mark.parametrize(
    ("today", "sentence"),
    [(date(2026, 5, 10), "须保管到2026年5月10日"), (date(2026, 5, 11), "请用“档案销毁”申请")],
)
def test_what_an_archived_batch_left_is_deleted_by_nobody(today: date, sentence: str) -> None:
    found = deletion_problems(date(2026, 5, 10), today)
    assert codes(found) == ["retention_kept"]
    assert sentence in found[0].message


def test_a_centre_may_keep_longer() -> None:
    assert keep_until(date(2021, 5, 10), "electronic", Terms(electronic_years=30)).year == 2051
