"""Are certificate numbers built, read and checked alike under each rule?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import RulesBroken
from app.rules.certificates.certificate_number import (
    FORMAT_20,
    FORMAT_22,
    FORMAT_22_SENIOR,
    NUMBER_FORMATS,
    NumberFormat,
    NumberParts,
    format_named,
)
from tests.rules.people import codes

IN_2021 = NumberParts("S", "0000", "13", "000123", 2021, "3", 1)
SENIOR = NumberParts("Y", "0000", "13", "000123", 2023, "T", 7)
LATER = NumberParts("RSW", "", "130200", "001", 2025, "5", 42)

_YEARS = st.integers(2000, 2099)
_SAMPLES = {
    "22": st.builds(
        NumberParts,
        st.sampled_from("YSJ"),
        st.from_regex("[0-9]{4}", fullmatch=True),
        st.from_regex("[0-9]{2}", fullmatch=True),
        st.from_regex("[0-9]{6}", fullmatch=True),
        _YEARS,
        st.sampled_from("54321"),
        st.integers(1, 999999),
    ),
    "22-senior": st.builds(
        NumberParts,
        st.sampled_from("YSJ"),
        st.from_regex("[0-9]{4}", fullmatch=True),
        st.from_regex("[0-9]{2}", fullmatch=True),
        st.from_regex("[0-9]{6}", fullmatch=True),
        _YEARS,
        st.sampled_from("TS"),
        st.integers(1, 999999),
    ),
    "20": st.builds(
        NumberParts,
        st.from_regex("R[GSCX][NW]", fullmatch=True),
        st.just(""),
        st.from_regex("[0-9]{6}", fullmatch=True),
        st.from_regex("[0-9]{3}", fullmatch=True),
        _YEARS,
        st.sampled_from("54321"),
        st.integers(1, 99999),
    ),
}
_ANY = st.sampled_from(NUMBER_FORMATS).flatmap(
    lambda rule: st.tuples(st.just(rule), _SAMPLES[rule.name])
)


@pytest.mark.parametrize(
    ("rule", "parts", "number"),
    [
        (FORMAT_22, IN_2021, "S000013000123213000001"),
        (FORMAT_22_SENIOR, SENIOR, "Y00001300012323T000007"),
        (FORMAT_20, LATER, "RSW13020000125500042"),
    ],
)
def test_a_number_is_built_piece_by_piece(
    rule: NumberFormat, parts: NumberParts, number: str
) -> None:
    assert rule.produce(parts) == number
    assert rule.parse(number) == parts
    assert rule.check(number) == []
    assert number == rule.prefix(parts) + number[-rule.serial_digits :]


def test_the_rules_have_the_lengths_of_their_names() -> None:
    assert len(FORMAT_22.produce(IN_2021)) == len(FORMAT_22_SENIOR.produce(SENIOR)) == 22
    assert len(FORMAT_20.produce(LATER)) == 20


@given(_ANY)
def test_reading_undoes_building_and_no_other_rule_reads_it(
    sample: tuple[NumberFormat, NumberParts],
) -> None:
    rule, parts = sample
    number = rule.produce(parts)
    assert rule.parse(number) == parts
    assert [other.parse(number) for other in NUMBER_FORMATS if other is not rule] == [None, None]


@given(_ANY, _ANY)
def test_different_parts_never_make_the_same_number(
    one: tuple[NumberFormat, NumberParts], other: tuple[NumberFormat, NumberParts]
) -> None:
    assert (one[0].produce(one[1]) == other[0].produce(other[1])) == (one == other)


@given(st.text(max_size=24))
def test_no_text_whatever_breaks_the_reading(text: str) -> None:
    for rule in NUMBER_FORMATS:
        parts = rule.parse(text)
        assert (parts is None) == (set(codes(rule.check(text))) == {"cert_number_format"})


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "S00001300012321300001",
        "S0000130001232130000011",
        "S000013000123217000001",
        "S000013000123213000000",
        "1000013000123213000001",
    ],
)
def test_a_number_of_another_shape_is_refused(text: str | None) -> None:
    assert codes(FORMAT_22.check(text)) == ["cert_number_format"]


@pytest.mark.parametrize(
    ("rule", "text", "named"),
    [
        (FORMAT_22, "S0000130001232130000", ["应为22位"]),
        (FORMAT_22, "1000013000123213000001", ["机构类别字母“1”"]),
        (FORMAT_22, "S00A0130B0123X13000001", ["备案代码", "机构（站点）序列码", "核发年份“X1”"]),
        (FORMAT_22, "S000013000123217000000", ["等级代码“7”", "流水号“000000”"]),
        (FORMAT_22_SENIOR, "Y000013000123233000007", ["等级代码（字母）“3”"]),
        (FORMAT_20, "RXZ13020000125500042", ["类别字母"]),
        (FORMAT_20, "RSW1302000A125500A42", ["机构序列码", "流水号“00A42”"]),
    ],
)
def test_every_malformed_part_is_named(rule: NumberFormat, text: str, named: list[str]) -> None:
    found = rule.check(text)
    assert codes(found) == ["cert_number_format"] * len(named)
    assert all(part in one.message for part, one in zip(named, found, strict=True))


@given(_ANY, st.integers(0, 21), st.characters(codec="ascii", categories=["Lu", "Nd"]))
def test_a_number_with_one_other_character_is_read_or_objected_to(
    sample: tuple[NumberFormat, NumberParts], at: int, mark: str
) -> None:
    rule, parts = sample
    number = rule.produce(parts)
    other = (number[:at] + mark + number[at + 1 :])[: len(number)]
    assert (rule.parse(other) is None) == bool(rule.check(other))


def test_an_apprentice_has_the_level_mark_of_the_reference_data() -> None:
    apprentice = replace(IN_2021, level="6")
    assert FORMAT_22.parse(FORMAT_22.produce(apprentice)) == apprentice


def test_blanks_and_small_letters_are_read_over() -> None:
    assert FORMAT_22.parse(" s0000 13000123 213 000001 ") == IN_2021


@pytest.mark.parametrize(
    ("rule", "parts", "serial", "objections"),
    [
        (FORMAT_22, IN_2021, 999999, []),
        (FORMAT_22, IN_2021, 1000000, ["cert_serial_overflow"]),
        (FORMAT_22, IN_2021, 0, ["cert_serial_overflow"]),
        (FORMAT_20, LATER, 99999, []),
        (FORMAT_20, LATER, 100000, ["cert_serial_overflow"]),
    ],
)
def test_an_exhausted_serial_is_reported_and_never_wraps_round(
    rule: NumberFormat, parts: NumberParts, serial: int, objections: list[str]
) -> None:
    wanted = replace(parts, serial=serial)
    assert codes(rule.part_problems(wanted)) == objections
    if objections:
        with pytest.raises(RulesBroken, match="流水号"):
            rule.produce(wanted)


@pytest.mark.parametrize(
    "change",
    [
        {"letters": ""},
        {"filing": "12345"},
        {"region": "1302"},
        {"body": "123"},
        {"year": 1999},
        {"year": 2100},
        {"level": "7"},
        {"level": "T"},
    ],
)
def test_a_part_that_does_not_fit_is_named(change: dict[str, object]) -> None:
    (problem,) = FORMAT_22.part_problems(replace(IN_2021, **change))  # type: ignore[arg-type]
    assert problem.code == "cert_number_part"
    assert problem.field == next(iter(change))


def test_a_rule_is_found_by_its_name() -> None:
    assert [format_named(rule.name) for rule in NUMBER_FORMATS] == list(NUMBER_FORMATS)
    assert format_named("21") is None
    assert [one.parse("ABC") for one in NUMBER_FORMATS] == [None, None, None]


@pytest.mark.parametrize(
    ("year", "objections"),
    [(1999, ["cert_number_part"]), (2000, []), (2099, []), (2100, ["cert_number_part"])],
)
def test_two_digits_tell_the_years_of_one_century(year: int, objections: list[str]) -> None:
    assert codes(FORMAT_22.part_problems(replace(IN_2021, year=year))) == objections
