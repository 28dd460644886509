"""Are identity numbers of every kind told right from wrong?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from app.rules.reference.gender_and_age import age_on, age_problems, gender_problems
from app.rules.reference.identity import birth_date, gender_of, guess_kind, identity_problems
from tests.rules.people import EXAM, MAN, WOMAN, codes, number

_DAYS = st.dates(date(1900, 1, 1), date(2020, 12, 31))
_REGIONS = st.from_regex(r"(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])[0-9]{4}", fullmatch=True)
_SEQUENCES = st.from_regex(r"[0-9]{3}", fullmatch=True)


def _objections(text: str | None, kind: str = "01", on: date | None = EXAM) -> list[str]:
    return codes(identity_problems(text, kind=kind, on=on))


def test_a_good_number_is_accepted() -> None:
    assert _objections("130203198209232773") == []


@pytest.mark.parametrize("text", ["522229198009270191", "132401198009270195", "510202198009270197"])
def test_an_abolished_county_code_is_accepted_silently(text: str) -> None:
    assert _objections(text[:17] + mod_11_2.calc_check_digit(text[:17])) == []


@pytest.mark.parametrize(
    "text", [" 130702 19670302 3928 ", "１３０７０２１９６７０３０２３９２８", "130702196703023928"]
)
def test_blanks_and_wide_digits_do_no_harm(text: str) -> None:
    assert _objections(text) == []


def test_a_small_x_stands_for_the_check_character() -> None:
    ending_in_x = next(n for s in range(100) if (n := number(sequence=f"{s:03}")).endswith("X"))
    assert _objections(ending_in_x.lower()) == []


@pytest.mark.parametrize("text", [None, "", " 　"])
def test_a_number_must_be_there(text: str | None) -> None:
    assert _objections(text) == ["id_missing"]


@pytest.mark.parametrize("kind", ["", "00", "07", "身份证"])
def test_an_unknown_kind_of_document_is_refused(kind: str) -> None:
    assert _objections(MAN, kind) == ["id_kind"]


@pytest.mark.parametrize("text", [MAN[:17], MAN + "0", MAN[:16] + "X3", "1302031982092327Z3"])
def test_a_number_of_another_shape_is_refused(text: str) -> None:
    assert _objections(text) == ["id_format"]


def test_an_old_number_of_fifteen_digits_is_refused_with_advice() -> None:
    (problem,) = identity_problems("130203820923277", kind="01", on=EXAM)
    assert problem.code == "id_old_15"
    assert "18位" in problem.message


@pytest.mark.parametrize("born", ["19820230", "19821301", "18991231", "00000000"])
def test_digits_seven_to_fourteen_are_a_real_date(born: str) -> None:
    assert _objections(number(born=born)) == ["id_birth_date"]
    assert _objections(number(born="19000101")) == []


def test_the_birth_lies_before_the_day_in_question() -> None:
    eve = EXAM - timedelta(days=1)
    assert _objections(number(born=f"{eve:%Y%m%d}")) == []
    assert _objections(number(born=f"{EXAM:%Y%m%d}")) == ["id_birth_date"]
    assert _objections(number(born="20991231"), on=None) == []


def test_a_wrong_check_character_is_refused() -> None:
    assert _objections("130108199608303171") == ["id_check_digit"]


def test_an_unknown_province_is_no_more_than_a_warning() -> None:
    (problem,) = identity_problems(number(region="101099"), kind="01", on=EXAM)
    assert (problem.code, problem.severity) == ("id_region", "warning")


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_a_residence_permit_has_the_same_check_and_its_own_prefix(region: str) -> None:
    permit = number(region=region)
    assert _objections(permit, "06") == []
    assert _objections(permit[:17] + ("0" if permit[17] != "0" else "1"), "06") == [
        "id_check_digit"
    ]
    assert _objections(permit, "01") == ["id_kind_mismatch"]
    assert _objections(MAN, "06") == ["id_kind_mismatch"]


def test_a_foreigners_permanent_residence_card_is_old_or_new() -> None:
    assert _objections("USA110082010101", "05") == []
    assert _objections(number(region="911840"), "05") == []
    assert _objections("US1110082010101", "05") == ["id_format"]
    assert _objections(MAN, "05") == ["id_kind_mismatch"]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("02", "E12345678", "ABCDEFGHI"),
        ("02", "X1234", "X123"),
        ("03", "H12345678", "A12345678"),
        ("03", "M1234567890", "M123456789"),
        ("04", "12345678", "1234567"),
        ("04", "1234567890B", "123456789"),
    ],
)
def test_every_other_kind_has_a_shape_of_its_own(kind: str, good: str, bad: str) -> None:
    assert _objections(good, kind) == []
    assert _objections(bad, kind) == ["id_format"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (MAN, "01"),
        (number(region="830000"), "06"),
        (number(region="911840"), "05"),
        ("USA110082010101", "05"),
        ("H12345678", "03"),
        ("E12345678", "02"),
        ("EJ1234567", "02"),
        ("12345678", "01"),
        (None, "01"),
    ],
)
def test_a_roster_without_kinds_is_guessed_from_the_number(text: str | None, kind: str) -> None:
    assert guess_kind(text) == kind


@given(_REGIONS, _DAYS, _SEQUENCES)
def test_every_number_with_a_right_check_is_accepted_and_read(
    region: str, born: date, sequence: str
) -> None:
    text = number(region, f"{born:%Y%m%d}", sequence)
    assert _objections(text, on=date(2021, 1, 1)) == []
    assert birth_date(text) == born
    assert gender_of(text) == ("男" if int(sequence) % 2 else "女")


@given(_REGIONS, _DAYS, _SEQUENCES, st.integers(0, 16), st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(
    region: str, born: date, sequence: str, place: int, shift: int
) -> None:
    good = number(region, f"{born:%Y%m%d}", sequence)
    bad = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]
    assert len(_objections(bad)) == 1


@given(_REGIONS, _DAYS, _SEQUENCES, st.integers(0, 16))
def test_two_swapped_neighbours_are_always_noticed(
    region: str, born: date, sequence: str, place: int
) -> None:
    good = number(region, f"{born:%Y%m%d}", sequence)
    bad = good[:place] + good[place + 1] + good[place] + good[place + 2 :]
    assert bad == good or len(_objections(bad)) == 1


@given(st.text(max_size=20), st.sampled_from(["01", "02", "03", "04", "05", "06", "9"]))
def test_no_text_whatever_breaks_the_check(text: str, kind: str) -> None:
    assert len(identity_problems(text, kind=kind, on=EXAM)) <= 1
    birth_date(text)
    gender_of(text)
    guess_kind(text)


def test_the_gender_follows_digit_seventeen() -> None:
    assert gender_problems(MAN, "男") == gender_problems(WOMAN, " 女 ") == []
    assert codes(gender_problems(MAN, "女")) == ["gender_mismatch"]
    assert codes(gender_problems(WOMAN, "男")) == ["gender_mismatch"]


def test_a_gender_in_other_words_is_refused() -> None:
    assert codes(gender_problems(MAN, "M")) == ["gender_format"]


def test_a_gender_may_only_be_left_out_where_the_number_tells() -> None:
    assert gender_problems(MAN, None) == []
    assert codes(gender_problems("E12345678", None)) == ["gender_missing"]
    assert gender_problems("E12345678", "女") == []


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2021, 4, 23), 15),
        (date(2021, 4, 24), 16),
        (date(2022, 4, 23), 16),
        (date(2022, 4, 24), 17),
    ],
)
def test_one_grows_older_on_the_birthday(day: date, age: int) -> None:
    assert age_on(date(2005, 4, 24), day) == age


def test_a_leap_day_child_grows_older_on_the_first_of_march() -> None:
    born = date(2004, 2, 29)
    assert age_on(born, date(2021, 2, 28)) == 16
    assert age_on(born, date(2021, 3, 1)) == 17
    assert age_on(born, date(2024, 2, 29)) == 20


def test_sixteen_on_the_exam_day_is_old_enough() -> None:
    assert age_problems(date(2005, 4, 24), EXAM) == []
    assert codes(age_problems(date(2005, 4, 25), EXAM)) == ["under_age"]
    assert "未满16周岁" in age_problems(date(2008, 5, 6), EXAM)[0].message


def test_the_least_age_is_the_centres_choice() -> None:
    assert age_problems(date(2003, 4, 24), EXAM, minimum=18) == []
    assert codes(age_problems(date(2003, 4, 25), EXAM, minimum=18)) == ["under_age"]


def test_an_unknown_age_gives_no_objection() -> None:
    assert age_problems(None, EXAM) == age_problems(date(2010, 1, 1), None) == []
