"""Is a body under one rule at a time, from a day on that changes nothing of what was numbered?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.certificates.certificate_number import (
    FORMAT_20,
    FORMAT_22,
    FORMAT_22_SENIOR,
    NumberFormat,
)
from app.rules.certificates.number_rule import (
    NumberRow,
    in_force,
    missing_problems,
    row_problems,
    since_problems,
    taken_problems,
)
from tests.rules.people import codes

OLD = NumberRow("22", date(2020, 1, 1), "S", "0000", "13", "000101")
NEW = NumberRow("20", date(2024, 7, 1), "RSW", "", "130200", "001")


@pytest.mark.parametrize(
    ("day", "row"),
    [
        (date(2019, 12, 31), None),
        (date(2020, 1, 1), OLD),
        (date(2024, 6, 30), OLD),
        (date(2024, 7, 1), NEW),
        (date(2099, 1, 1), NEW),
    ],
)
def test_a_row_holds_from_its_day_to_the_day_before_the_next(
    day: date, row: NumberRow | None
) -> None:
    assert in_force([NEW, OLD], day) == row
    assert codes(missing_problems(row, day)) == ([] if row else ["number_rule_missing"])


@given(st.sets(st.dates(date(2019, 1, 1), date(2035, 1, 1)), min_size=1, max_size=6))
def test_from_the_first_day_on_there_is_always_one_rule(days: set[date]) -> None:
    rows = [replace(OLD, since=day) for day in days]
    first = min(days)
    assert in_force(rows, first - timedelta(days=1)) is None
    for day in sorted(days):
        found = in_force(rows, day + timedelta(days=1))
        assert found is not None
        assert found.since <= day + timedelta(days=1)


def test_a_letter_as_level_mark_has_a_rule_of_its_own_under_22_characters() -> None:
    assert [OLD.format_for(mark) for mark in "5T"] == [FORMAT_22, FORMAT_22_SENIOR]
    assert NEW.format_for("5") is FORMAT_20
    assert FORMAT_20.produce(NEW.parts(2025, "5", 42)) == "RSW13020000125500042"


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (OLD, []),
        (NEW, []),
        (replace(OLD, serial="101"), ["serial"]),
        (replace(OLD, letters="", filing="0"), ["letters", "filing"]),
        (replace(OLD, region="130200"), ["region"]),
        (replace(NEW, letters="S"), ["letters"]),
        (replace(NEW, filing="0000"), ["filing"]),
        (replace(NEW, rule="21"), ["rule"]),
    ],
)
def test_every_part_that_the_rule_needs_is_there(row: NumberRow, fields: list[str]) -> None:
    found = row_problems(row)
    assert codes(found) == ["number_rule_parts"] * len(fields)
    assert [one.field for one in found] == fields


@pytest.mark.parametrize(
    ("row", "last", "objections"),
    [
        (NEW, None, []),
        (NEW, date(2024, 6, 30), []),
        (NEW, date(2024, 7, 1), ["number_rule_since"]),
        (replace(NEW, since=date(2023, 12, 31)), None, ["number_rule_since"]),
        (replace(NEW, since=date(2024, 1, 1)), None, []),
    ],
)
def test_a_rule_begins_after_the_last_numbering_and_not_before_it_exists(
    row: NumberRow, last: date | None, objections: list[str]
) -> None:
    assert codes(since_problems(row, last)) == objections


def test_two_bodies_do_not_share_their_parts() -> None:
    assert taken_problems(OLD, "") == []
    (found,) = taken_problems(OLD, "保定冀中职业培训学校")
    assert (found.code, found.field) == ("number_rule_taken", "serial")
    assert "保定冀中" in found.message


@pytest.mark.parametrize("rule", [FORMAT_22, FORMAT_22_SENIOR, FORMAT_20])
def test_no_row_begins_before_its_rule_does(rule: NumberFormat) -> None:
    first = {
        "22": date(2019, 1, 1), "22-senior": date(2022, 3, 18), "20": date(2024, 1, 1),
    }[rule.name]  # fmt: skip
    row = NumberRow(rule.name, first, "", "", "", "")
    assert since_problems(row, None) == []
    early = replace(row, since=first - timedelta(days=1))
    assert codes(since_problems(early, None)) == ["number_rule_since"]
