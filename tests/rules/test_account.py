"""Which accounts and passwords are refused?"""

from __future__ import annotations

import pytest

from app.core.accounts.account_rules import (
    account_problems,
    new_password_problems,
    password_problems,
    self_problems,
    taken_problems,
)
from app.core.accounts.key_rules import LONGEST_DAYS, LONGEST_NAME, key_problems
from app.core.errors import Problem
from app.core.workflow.note import note_problems
from app.rules.bodies.account_place import place_problems


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_sound_password_is_taken() -> None:
    assert password_problems("Demo-2021-AD", "admin") == []
    assert password_problems("密码abc12345678", "admin") == []


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("Short-12a", ["password_length"]),
        ("a1" * 65, ["password_length"]),
        ("only-letters-here", ["password_kinds"]),
        ("1234567890", ["password_kinds"]),
        ("my-ADMIN-2021", ["password_username"]),
        ("", ["password_length", "password_kinds"]),
    ],
)
def test_a_weak_password_is_refused_with_every_reason(password: str, expected: list[str]) -> None:
    problems = password_problems(password, "admin")
    assert codes(problems) == expected
    assert {problem.field for problem in problems} == {"password"}


def test_ten_characters_are_enough_and_nine_are_not() -> None:
    assert password_problems("abcdefgh12", "x") == []
    assert codes(password_problems("abcdefg12", "x")) == ["password_length"]


def test_the_same_password_is_not_a_new_one() -> None:
    assert codes(new_password_problems("Demo-2021-AD", "Demo-2021-AD", "x")) == ["password_same"]
    assert new_password_problems("Demo-2021-AE", "Demo-2021-AD", "x") == []


@pytest.mark.parametrize(
    ("role", "level", "has_body"),
    [
        ("body_clerk", "", True),
        ("city_admin", "city", False),
        ("province_clerk", "province", False),
        ("system_admin", "", False),
    ],
)
def test_a_complete_account_is_taken(role: str, level: str, has_body: bool) -> None:
    assert account_problems("deng", "邓秀兰", role) == []
    assert place_problems(role, level, has_body=has_body) == []


@pytest.mark.parametrize("username", ["", "ab", "x" * 65, "王五", "wang wu", "a/b/c", "..."])
def test_an_odd_user_name_is_refused(username: str) -> None:
    assert codes(account_problems(username, "唐志远", "city_admin")) == ["account_name"]


@pytest.mark.parametrize("username", ["ts_admin", "a.b", "li-si", "x" * 64])
def test_a_plain_user_name_is_taken(username: str) -> None:
    assert account_problems(username, "唐志远", "city_admin") == []


def test_a_nameless_account_of_an_unknown_role_is_refused_twice() -> None:
    assert codes(account_problems("tang", "", "king")) == ["account_name", "account_role"]


@pytest.mark.parametrize(
    ("role", "level", "has_body", "expected"),
    [
        ("city_admin", "", False, ["account_centre"]),
        ("city_admin", "province", False, ["account_centre"]),
        ("province_clerk", "city", False, ["account_centre"]),
        ("auditor", "", False, ["account_centre"]),
        ("auditor", "city", False, []),
        ("auditor", "province", False, []),
        ("city_admin", "city", True, ["account_body"]),
        ("body_clerk", "", False, ["account_body"]),
        ("body_clerk", "city", True, ["account_body"]),
        ("system_admin", "", True, ["account_body"]),
    ],
)
def test_the_place_must_fit_the_role(
    role: str, level: str, has_body: bool, expected: list[str]
) -> None:
    assert codes(place_problems(role, level, has_body=has_body)) == expected


@pytest.mark.parametrize(
    ("own", "admin", "stays_open", "expected"),
    [
        (True, True, True, []),
        (True, False, True, ["account_self"]),
        (True, True, False, ["account_self"]),
        (False, False, True, []),
        (False, True, False, []),
    ],
)
def test_an_administrator_does_not_shut_the_door_behind_himself(
    own: bool, admin: bool, stays_open: bool, expected: list[str]
) -> None:
    assert codes(self_problems(own=own, stays_admin=admin, stays_open=stays_open)) == expected


@pytest.mark.parametrize(("taken", "expected"), [(False, []), (True, ["account_taken"])])
def test_a_name_that_another_account_has_is_refused(taken: bool, expected: list[str]) -> None:
    assert codes(taken_problems("用户名“tang”", "username", taken=taken)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, ["key_days"]), (1, []), (LONGEST_DAYS, []), (LONGEST_DAYS + 1, ["key_days"])],
)
def test_a_key_is_good_for_a_day_to_a_year(days: int, expected: list[str]) -> None:
    assert codes(key_problems("考试系统", days)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (" ", ["key_name"]),
        ("考" * LONGEST_NAME, []),
        ("考" * (LONGEST_NAME + 1), ["key_name"]),
    ],
)
def test_a_key_says_its_use(name: str, expected: list[str]) -> None:
    assert codes(key_problems(name, 30)) == expected


@pytest.mark.parametrize(
    ("note", "required", "expected"),
    [
        ("材料不全", True, []),
        (" ", True, ["note_missing"]),
        ("", False, []),
    ],
)
def test_a_move_comes_with_the_reason_that_it_asks_for(
    note: str, required: bool, expected: list[str]
) -> None:
    assert codes(note_problems("退回", note, required=required)) == expected
