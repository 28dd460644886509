"""Does each cell give its value, or the one problem that it has?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sheets.reading.cell import coerce
from app.core.sheets.reading.table import Broken, Cell, Column, Kind

KINDS: tuple[Kind, ...] = (
    "text",
    "name",
    "long_number",
    "number",
    "integer",
    "date",
    "datetime_range",
    "person_names",
)


def read(raw: object, kind: Kind, *, formula: bool = False) -> Cell:
    return coerce(raw, Column("f", "某栏", kind=kind), 7, formula=formula)


def code(raw: object, kind: Kind, *, formula: bool = False) -> str:
    cell = read(raw, kind, formula=formula)
    assert cell.problem is not None
    assert cell.value is None
    assert (cell.problem.field, cell.problem.row) == ("f", 7)
    assert cell.problem.message.startswith("“某栏”")
    return cell.problem.code


@pytest.mark.parametrize("raw", ["", " ", "\u3000", "\u200b", "\n"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_cell_has_neither_value_nor_problem(raw: str, kind: Kind) -> None:
    cell = read(raw, kind)
    assert (cell.value, cell.text, cell.problem) == (None, "", None)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("电 工", "电工"),
        (12.0, "12"),
        (3, "3"),
        (True, "TRUE"),
        (date(2021, 4, 24), "2021-04-24"),
        (datetime(2021, 4, 24), "2021-04-24"),
        (datetime(2021, 4, 24, 9, 30), "2021-04-24 09:30"),
        (time(9, 30), "09:30"),
        ("-", "-"),
        ("-5", "-5"),
        ("--", "--"),
    ],
)
def test_text_is_what_a_person_sees_in_the_cell(raw: object, value: str) -> None:
    assert read(raw, "text").value == value


@pytest.mark.parametrize("kind", ["text", "name", "long_number"])
@pytest.mark.parametrize("raw", [1.30982197211035e17, 1e15, 9.9e20])
def test_a_number_of_more_than_fifteen_digits_has_lost_some(raw: float, kind: Kind) -> None:
    assert code(raw, kind) == "digits_lost"


@pytest.mark.parametrize("raw", ["1.3E+17", "1.30982197211035E+17", "１．３Ｅ＋１７", "1e+17"])
def test_a_long_number_written_as_a_power_has_lost_digits(raw: str) -> None:
    assert code(raw, "long_number") == "digits_lost"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (17253861365.0, "17253861365"),
        (17253861365, "17253861365"),
        ("17253861365.0", "17253861365"),
        (999_999_999_999_999.0, "999999999999999"),
        ("+86 139 0000 1234", "+8613900001234"),
        ("０３１１－８６００ １２３４", "0311-86001234"),
        ("13070219670302392x", "13070219670302392X"),
        ("S000013000001215000001", "S000013000001215000001"),
    ],
)
def test_a_long_number_that_is_whole_is_kept_as_text(raw: object, value: str) -> None:
    assert read(raw, "long_number").value == value


@pytest.mark.parametrize("raw", [1.5, True, date(2021, 4, 24), float("nan"), timedelta(1)])
def test_what_is_no_number_string_is_refused(raw: object) -> None:
    assert code(raw, "long_number") == "not_a_number_string"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12年", 12),
        ("12 年6个月", 12),
        ("１２年", 12),
        ("12", 12),
        (12.0, 12),
        ("12.0", 12),
        ("6个月", 0),
        ("1,200", 1200),
        ("22人", 22),
        ("约12年", 12),
        ("12周年", 12),
        ("-3", -3),
        ("12年以上", 12),
    ],
)
def test_whole_numbers_are_read_with_their_units(raw: object, value: int) -> None:
    read_value = read(raw, "integer").value
    assert read_value == value
    assert isinstance(read_value, int)


@pytest.mark.parametrize(
    "raw", ["十二年", "12.5", 12.5, True, date(2021, 1, 1), float("inf"), "1" * 5000, "12-13"]
)
def test_what_is_no_whole_number_is_refused(raw: object) -> None:
    assert code(raw, "integer") == "not_integer"


@pytest.mark.parametrize(
    ("raw", "value"),
    [("85", 85.0), ("85.5分", 85.5), ("８５", 85.0), (0.1 + 0.2, 0.3), (85, 85.0), ("+5", 5.0)],
)
def test_marks_are_read_without_binary_noise(raw: object, value: float) -> None:
    assert read(raw, "number").value == value


@pytest.mark.parametrize("raw", ["缺考", "85/90", True, float("nan"), "9" * 400, "1e5"])
def test_what_is_no_number_is_refused_and_its_text_kept(raw: object) -> None:
    assert code(raw, "number") == "not_number"
    assert read("缺考", "number").text == "缺考"


def test_a_truth_value_is_no_name() -> None:
    assert code(True, "name") == "not_a_name"


def test_dates_ranges_and_names_that_cannot_be_read_say_so() -> None:
    assert code("2021-02-30", "date") == "bad_date"
    assert code("上午", "datetime_range") == "bad_time_range"
    assert code(44310.4, "datetime_range") == "bad_time_range"
    assert code(5.0, "person_names") == "bad_names"


FORMULA_TEXTS = [
    '=HYPERLINK("http://example.invalid","张三")',
    "=1+1",
    "+1+1",
    "@SUM(A1)",
    "-cmd|' /C calc'!A0",
    "＝1+1",
    "  =1+1",
    "\t=1+1",
    "\u200b=1",
    "＠x",
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", FORMULA_TEXTS)
def test_text_that_could_be_a_formula_is_refused_in_every_column(raw: str, kind: Kind) -> None:
    assert code(raw, kind) == "formula"


@pytest.mark.parametrize("kind", ["text", "name", "long_number", "person_names"])
def test_words_are_not_taken_from_formulas(kind: Kind) -> None:
    assert code("张三", kind, formula=True) == "formula"


def test_numbers_and_dates_are_taken_from_formulas() -> None:
    assert read(85.0, "number", formula=True).value == 85.0
    assert read(12.0, "integer", formula=True).value == 12
    assert read(date(2021, 4, 24), "date", formula=True).value == date(2021, 4, 24)


def test_a_formula_that_was_meant_to_show_nothing_is_an_empty_cell() -> None:
    assert read("", "text", formula=True).problem is None


def test_a_formula_without_result_is_refused_even_for_numbers() -> None:
    assert code(Broken.NOT_COMPUTED, "number", formula=True) == "formula"
    assert code(Broken.NOT_COMPUTED, "text", formula=True) == "formula"


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_that_shows_an_error_is_refused(kind: Kind) -> None:
    assert code(Broken.ERROR, kind) == "cell_error"


RAW = st.one_of(
    st.text(),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(Broken),
)


@given(RAW, st.sampled_from(KINDS), st.booleans())
def test_every_raw_value_gives_a_value_or_a_problem_and_never_both(
    raw: object, kind: Kind, formula: bool
) -> None:
    cell = read(raw, kind, formula=formula)
    assert cell.value is None or cell.problem is None
    if cell.problem is None and cell.value is None:
        assert cell.text == ""
    if kind in {"text", "name", "long_number"} and isinstance(cell.value, str):
        assert cell.value[:1] not in ("=", "@")
