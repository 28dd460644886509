"""Are rows of reference data refused that could not be meant, and taken up to the bound?"""

from __future__ import annotations

from datetime import date

import pytest

from app.rules.certificates.place import (
    USUAL_PAGE,
    edge_problems,
    page_problems,
    range_problems,
    text_problems,
)
from app.rules.reference.period import period_problems
from app.rules.reference.work_type import belonging_problems
from app.rules.sign_up.differences import birth_date_problems, renamed_problems
from app.rules.sign_up.route import incomplete_problems, lower_level_problems, years_problems

_DAY, _NEXT = date(2021, 4, 24), date(2021, 4, 25)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (_DAY, _NEXT, []),
        (_DAY, _DAY, []),
        (_NEXT, _DAY, ["dates_reversed"]),
        (None, _DAY, []),
        (_DAY, None, []),
    ],
)
def test_a_period_ends_on_or_after_its_first_day(
    first: date | None, last: date | None, expected: list[str]
) -> None:
    assert [one.code for one in period_problems(first, last, "valid_to", "有效期")] == expected


@pytest.mark.parametrize(
    ("occupation", "expected"), [(1, []), (2, ["work_type_of_other_occupation"])]
)
def test_a_work_type_stands_beside_its_occupation(occupation: int, expected: list[str]) -> None:
    assert [one.code for one in belonging_problems("车工", 1, occupation)] == expected


@pytest.mark.parametrize(
    ("years", "named", "expected"),
    [(2, True, []), (None, False, []), (2, False, ["route_incomplete"])],
)
def test_years_since_a_certificate_name_it(
    years: int | None, named: bool, expected: list[str]
) -> None:
    found = incomplete_problems(years, "years_since_lower", "取得后年限", of_something=named)
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(
    ("lower", "expected"),
    [(None, []), (2, []), (3, ["lower_level_not_lower"]), (4, ["lower_level_not_lower"])],
)
def test_the_certificate_to_hold_is_of_a_lower_level(
    lower: int | None, expected: list[str]
) -> None:
    assert [one.code for one in lower_level_problems(lower, 3, "三级/高级工")] == expected


@pytest.mark.parametrize(
    ("years", "sound"), [(None, True), (-1, False), (0, True), (60, True), (61, False)]
)
def test_years_of_a_route_are_years_of_a_life(years: int | None, sound: bool) -> None:
    found = years_problems(years, "years", "工作年限")
    assert [one.code for one in found] == ([] if sound else ["route_years_range"])


@pytest.mark.parametrize(("size", "sound"), [(4, False), (5, True), (120, True), (121, False)])
def test_a_printed_item_has_a_size_that_can_be_printed(size: int, sound: bool) -> None:
    found = range_problems([(("size", "字号", 5, 120), size)])
    assert [(one.code, one.field) for one in found] == ([] if sound else [("place_range", "size")])


@pytest.mark.parametrize(
    ("right", "bottom", "fields"),
    [
        (297, 210, []),
        (298, 210, ["width"]),
        (297, 211, ["height"]),
        (298, 211, ["width", "height"]),
    ],
)
def test_a_printed_item_ends_on_the_paper(right: int, bottom: int, fields: list[str]) -> None:
    found = edge_problems(right, bottom, USUAL_PAGE)
    assert [one.field for one in found] == fields
    assert {one.code for one in found} <= {"place_range"}


def test_a_fixed_text_is_written() -> None:
    assert text_problems("河北省") == []
    assert [one.code for one in text_problems("")] == ["place_text_missing"]


def test_there_is_one_paper() -> None:
    assert page_problems(0) == []
    assert [one.code for one in page_problems(1)] == ["place_page_twice"]


@pytest.mark.parametrize(
    ("written", "born", "expected"),
    [
        (_DAY, _DAY, []),
        (_DAY, _NEXT, ["birth_date_differs"]),
        (None, _DAY, []),
        (_DAY, None, []),
    ],
)
def test_a_birth_date_beside_another_in_the_number_is_warned_of(
    written: date | None, born: date | None, expected: list[str]
) -> None:
    found = birth_date_problems(written, born, 7)
    assert [one.code for one in found] == expected
    assert all((one.severity, one.row) == ("warning", 7) for one in found)


@pytest.mark.parametrize(
    ("written", "known", "expected"),
    [("张三", "张三", []), ("", "张三", []), ("张三", "", []), ("张珊", "张三", ["name_differs"])],
)
def test_another_name_for_a_known_number_is_warned_of(
    written: str, known: str, expected: list[str]
) -> None:
    found = renamed_problems(written, known, 7)
    assert [one.code for one in found] == expected
    assert all(one.severity == "warning" for one in found)
