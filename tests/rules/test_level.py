"""Are levels understood in all the ways in which people write them?"""

from __future__ import annotations

import pytest

from app.rules.reference.level import (
    NOTICE_LEVELS,
    LevelName,
    current_level_problems,
    level_name,
    level_problems,
    parse_level,
)
from tests.rules.people import codes

_SPECIAL = (*NOTICE_LEVELS, LevelName("T", "特级技师", "特级技师", ("特级",), order=6))


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("五级/初级工", "5"),
        ("五级／初级工", "5"),
        ("初级工/五级", "5"),
        ("五级初级工", "5"),
        ("五级（初级工）", "5"),
        ("初级工", "5"),
        ("初级", "5"),
        ("五级", "5"),
        ("5级", "5"),
        ("5", "5"),
        ("５", "5"),
        ("5.0", "5"),
        (" 五 级 ", "5"),
        ("中级工", "4"),
        ("中级", "4"),
        ("四级", "4"),
        ("高级工", "3"),
        ("高级", "3"),
        ("三级", "3"),
        ("3级", "3"),
        ("国家职业资格三级", "3"),
        ("职业技能等级三级/高级工", "3"),
        ("技师", "2"),
        ("二级/技师", "2"),
        ("技师（二级）", "2"),
        ("高级技师", "1"),
        ("一级/高级技师", "1"),
        ("1级高级技师", "1"),
    ],
)
def test_a_level_is_known_by_any_of_its_names(text: str, digit: str) -> None:
    assert parse_level(text) == digit
    assert level_problems(text) == []


@pytest.mark.parametrize("text", ["特级", "六级", "6", "0", "三级/中级工", "一级技师", "级", "工"])
def test_words_for_no_level_or_for_two_are_refused(text: str) -> None:
    assert parse_level(text) is None
    assert codes(level_problems(text)) == ["level_unknown"]


@pytest.mark.parametrize("text", [None, "", "　"])
def test_a_level_must_be_there(text: str | None) -> None:
    assert parse_level(text) is None
    assert codes(level_problems(text)) == ["level_missing"]


def test_a_level_above_the_five_counts_once_it_is_active() -> None:
    assert parse_level("特级", _SPECIAL) == parse_level("特级技师", _SPECIAL) == "T"
    assert parse_level("技师", _SPECIAL) == "2"


def test_a_level_has_an_official_name() -> None:
    assert level_name("3") == "三级/高级工"
    assert level_name("9") == "9"
    assert level_name(None) == ""


@pytest.mark.parametrize("text", [None, "", "无", "/", "——", "五级/初级工", "中级"])
def test_a_present_certificate_may_be_missing_or_known(text: str | None) -> None:
    assert current_level_problems(text) == []


def test_a_present_level_that_nobody_knows_is_a_warning() -> None:
    (problem,) = current_level_problems("九段")
    assert (problem.code, problem.severity) == ("current_level_unknown", "warning")
