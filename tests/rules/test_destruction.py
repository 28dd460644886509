"""Is nothing destroyed too early, twice, or by one person alone?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.rules.archive.destruction import FileFacts, destruction_problems, presence_problems
from tests.rules.people import codes

UNTIL = date(2024, 5, 13)
FILE = FileFacts("DEMO-2021-0001 名册", UNTIL)


@pytest.mark.parametrize(
    ("today", "objections"),
    [(date(2024, 5, 13), ["destruction_due"]), (date(2024, 5, 14), [])],
)
def test_a_file_is_destroyed_from_the_day_after_its_time(
    today: date, objections: list[str]
) -> None:
    found = destruction_problems([FILE], today)
    assert codes(found) == objections
    assert all("2024年5月13日" in one.message for one in found)


@pytest.mark.parametrize(
    ("file", "objection"),
    [
        (replace(FILE, kept=False), "destruction_due"),
        (replace(FILE, archived=False), "destruction_due"),
        (replace(FILE, own=False), "destruction_due"),
        (replace(FILE, pending="XH-2024-0001"), "destruction_pending"),
    ],
)
def test_every_file_that_may_not_go_is_named(file: FileFacts, objection: str) -> None:
    found = destruction_problems([FILE, file], date(2025, 1, 1))
    assert codes(found) == [objection]
    assert FILE.title in found[0].message


def test_an_empty_list_is_no_application() -> None:
    assert codes(destruction_problems([], date(2025, 1, 1))) == ["destruction_empty"]


@pytest.mark.parametrize(
    ("place", "witnesses", "objections"),
    [
        ("档案室", "赵会敏、钱文彬", 0),
        ("档案室", "赵会敏 钱文彬", 0),
        ("档案室", "赵会敏", 1),
        ("档案室", "赵会敏、赵会敏", 1),
        (" ", "", 2),
    ],
)
def test_two_people_watch_at_a_place(place: str, witnesses: str, objections: int) -> None:
    found = presence_problems(place, witnesses)
    assert codes(found) == ["destruction_witnesses"] * objections
