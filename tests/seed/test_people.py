"""Do the invented people and companies of the demo pass the checks of real ones?"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from seed.people import (
    ABOLISHED_COUNTIES,
    EDUCATIONS,
    HEBEI_COUNTIES,
    PLACES,
    Company,
    Person,
    credit_code,
    enterprises,
    id_number,
    organisation_check,
    people,
)

REFERENCE = Path(__file__).parents[2] / "seed" / "reference"


@pytest.fixture(scope="module")
def crowd() -> tuple[Person, ...]:
    return people(3000, seed=7)


@pytest.fixture(scope="module")
def companies() -> tuple[Company, ...]:
    return enterprises(300, seed=7)


def _region_codes() -> set[str]:
    with (REFERENCE / "regions.csv").open(encoding="utf-8") as file:
        return {row["code"] for row in csv.DictReader(file)}


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def test_every_identity_number_has_its_check_character(crowd: tuple[Person, ...]) -> None:
    assert all(mod_11_2.is_valid(person.id_number) for person in crowd)
    assert {person.id_number[-1] for person in crowd} == set("0123456789X")


def test_a_known_identity_number_comes_out_as_the_standard_prints_it() -> None:
    assert id_number("110105", date(1949, 12, 31), 2) == "11010519491231002X"


def test_the_number_tells_birth_date_and_gender(crowd: tuple[Person, ...]) -> None:
    for person in crowd:
        assert person.id_number[6:14] == f"{person.birth_date:%Y%m%d}"
        assert person.gender == ("男" if int(person.id_number[16]) % 2 else "女")


def test_nobody_appears_twice(crowd: tuple[Person, ...]) -> None:
    assert len({person.id_number for person in crowd}) == len(crowd)


@pytest.mark.parametrize("day", [date(2021, 1, 1), date(2024, 2, 29), date(2026, 12, 31)])
def test_everybody_is_of_working_age_from_2021_to_2026(
    crowd: tuple[Person, ...], day: date
) -> None:
    assert all(18 <= _age(person.birth_date, day) <= 58 for person in crowd)


def test_years_at_work_fit_age_and_education(crowd: tuple[Person, ...]) -> None:
    leaving_age = {code: age for code, age, _ in EDUCATIONS}
    for person in crowd:
        assert person.started.year >= person.birth_date.year + leaving_age[person.education]
        assert person.started < date(2021, 1, 1)


def test_years_at_work_count_from_the_day_of_the_start() -> None:
    person = people(1, seed=1)[0]
    start = person.started
    assert person.years_on(start) == 0
    assert person.years_on(date(start.year + 5, start.month, start.day)) == 5
    assert person.years_on(date(start.year + 5, start.month - 1, 28)) == 4
    assert person.years_on(date(start.year - 2, 1, 1)) == 0


def test_education_is_a_code_of_the_code_list(crowd: tuple[Person, ...]) -> None:
    with (REFERENCE / "codes.csv").open(encoding="utf-8") as file:
        known = {row["code"] for row in csv.DictReader(file) if row["kind"] == "education"}
    assert {person.education for person in crowd} == {code for code, _, _ in EDUCATIONS}
    assert {code for code, _, _ in EDUCATIONS} <= known


def test_some_but_not_most_numbers_carry_an_abolished_county(crowd: tuple[Person, ...]) -> None:
    abolished = sum(person.id_number[:6] in ABOLISHED_COUNTIES for person in crowd)
    assert 0 < abolished < len(crowd) / 5


def test_the_county_lists_say_what_they_claim() -> None:
    known = _region_codes()
    assert set(HEBEI_COUNTIES) <= known
    assert not set(ABOLISHED_COUNTIES) & known
    assert all(code.startswith("13") for code in HEBEI_COUNTIES + ABOLISHED_COUNTIES)


def test_phones_look_like_mobile_numbers(
    crowd: tuple[Person, ...], companies: tuple[Company, ...]
) -> None:
    phones = [one.phone for one in crowd] + [one.phone for one in companies]
    assert all(re.fullmatch(r"1[3-9]\d{9}", phone) for phone in phones)


def test_names_are_two_or_three_chinese_characters(crowd: tuple[Person, ...]) -> None:
    assert all(re.fullmatch(r"[一-鿿]{2,3}", person.name) for person in crowd)
    assert {person.gender for person in crowd} == {"男", "女"}


def test_every_credit_code_is_valid_and_unique(companies: tuple[Company, ...]) -> None:
    assert all(uscc.is_valid(company.credit_code) for company in companies)
    assert all(
        company.credit_code[16] == organisation_check(company.credit_code[8:16])
        for company in companies
    )
    assert len({company.credit_code for company in companies}) == len(companies)


def test_known_codes_come_out_as_published() -> None:
    assert organisation_check("60003734") == "1"
    assert credit_code("110000", "60003734") == "91110000600037341L"


def test_companies_have_different_names_and_sit_in_known_regions(
    companies: tuple[Company, ...],
) -> None:
    assert len({company.name for company in companies}) == len(companies)
    assert {company.region_code for company in companies} <= _region_codes()
    assert {company.credit_code[2:8] for company in companies} <= {code for code, _ in PLACES}


@pytest.mark.parametrize("make", [people, enterprises])
def test_the_same_seed_gives_the_same_ones_and_more_of_them_begin_alike(
    make: Callable[[int, int], tuple[object, ...]],
) -> None:
    assert make(20, 3) == make(20, 3)
    assert make(20, 3)[:5] == make(5, 3)
    assert make(20, 3) != make(20, 4)


def test_more_companies_than_there_are_names_for_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 1000"):
        enterprises(1001, seed=1)
    assert len(enterprises(1000, seed=1)) == 1000
