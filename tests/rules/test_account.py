"""Which accounts and passwords are refused?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.accounts.account_rules import (
    AccountFacts,
    account_problems,
    new_password_problems,
    password_problems,
)
from app.core.errors import Problem

CLERK = AccountFacts("deng", "邓秀兰", "body_clerk", has_body=True)
CITY = AccountFacts("tang", "唐志远", "city_admin", centre_level="city")
PROVINCE = AccountFacts("shen", "沈国栋", "province_clerk", centre_level="province")


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


@pytest.mark.parametrize("facts", [CLERK, CITY, PROVINCE])
def test_a_complete_account_is_taken(facts: AccountFacts) -> None:
    assert account_problems(facts) == []


def test_a_system_administrator_needs_no_centre() -> None:
    assert account_problems(AccountFacts("root", "管理员", "system_admin")) == []


@pytest.mark.parametrize("username", ["", "ab", "x" * 65, "王五", "wang wu", "a/b/c", "..."])
def test_an_odd_user_name_is_refused(username: str) -> None:
    assert codes(account_problems(replace(CITY, username=username))) == ["account_name"]


@pytest.mark.parametrize("username", ["ts_admin", "a.b", "li-si", "x" * 64])
def test_a_plain_user_name_is_taken(username: str) -> None:
    assert account_problems(replace(CITY, username=username)) == []


def test_a_nameless_account_of_an_unknown_role_is_refused_twice() -> None:
    facts = replace(CITY, name="", role="king")
    assert codes(account_problems(facts)) == ["account_name", "account_role"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (replace(CITY, centre_level=""), ["account_centre"]),
        (replace(CITY, centre_level="province"), ["account_centre"]),
        (replace(PROVINCE, centre_level="city"), ["account_centre"]),
        (replace(CITY, role="auditor", centre_level=""), ["account_centre"]),
        (replace(CITY, role="auditor"), []),
        (replace(CITY, role="auditor", centre_level="province"), []),
        (replace(CITY, has_body=True), ["account_body"]),
        (replace(CLERK, has_body=False), ["account_body"]),
        (replace(CLERK, centre_level="city"), ["account_body"]),
        (AccountFacts("root", "管理员", "system_admin", has_body=True), ["account_body"]),
    ],
)
def test_the_place_must_fit_the_role(facts: AccountFacts, expected: list[str]) -> None:
    assert codes(account_problems(facts)) == expected
