"""Is separated text read in every encoding that China uses, and never as garbage?"""

from __future__ import annotations

import pytest

from app.core.errors import BadSheet
from tests.sheets.awkward import HEADINGS, LI, ZHANG, names, roster, text

PEOPLE = [("人员名册备案表",), ("填报日期：2021年4月12日",), HEADINGS, ZHANG, LI]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "gb2312", "utf-16"])
def test_a_csv_reads_in_every_usual_encoding_with_its_head_below_titles(encoding: str) -> None:
    reading = roster(text(PEOPLE, encoding), "名册.csv")
    assert names(reading) == ["张三", "李四"]
    assert [row.number for row in reading.rows] == [4, 5]
    assert reading.header_rows == (3, 3)
    assert reading.sheet == "名册"


def test_characters_that_only_gb18030_knows_survive() -> None:
    rows = [HEADINGS, (1, "王𠮷㐂", *ZHANG[2:])]
    assert names(roster(text(rows, "gb18030"))) == ["王𠮷㐂"]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
def test_the_separator_is_the_one_that_stands_most_often(separator: str) -> None:
    lines = [separator.join(map(str, row)) for row in (HEADINGS, ZHANG, LI)]
    assert names(roster("\n".join(lines).encode("gbk"))) == ["张三", "李四"]


def test_an_announced_separator_is_followed_and_is_no_row() -> None:
    lines = ["sep=;", *(";".join(map(str, row)) for row in (HEADINGS, ZHANG))]
    reading = roster("\r\n".join(lines).encode())
    assert [row.number for row in reading.rows] == [2]


def test_line_ends_of_old_programs_are_understood() -> None:
    assert names(roster(text([HEADINGS, ZHANG, LI]).replace(b"\r\n", b"\r"))) == ["张三", "李四"]


def test_commas_inside_quotes_separate_nothing() -> None:
    assert names(roster(text([HEADINGS, (1, "张三,李四", *ZHANG[2:])]))) == ["张三,李四"]


@pytest.mark.parametrize("encoding", ["big5", "shift_jis"])
def test_an_encoding_that_is_none_of_ours_is_said_so(encoding: str) -> None:
    rows = [("姓名", "性格", "地址"), *[("王小明", "男", "台北市中山北路二段")] * 5]
    with pytest.raises(BadSheet, match="文字编码") as refusal:
        roster(text(rows, encoding))
    assert refusal.value.code == "wrong_encoding"


def test_bytes_that_no_encoding_explains_are_refused() -> None:
    with pytest.raises(BadSheet) as refusal:
        roster("姓名,性别".encode("gbk") + b"\xff\xff\x80\n")
    assert refusal.value.code == "wrong_encoding"


def test_broken_utf_16_is_refused() -> None:
    with pytest.raises(BadSheet) as refusal:
        roster("\ufeff姓名,性别".encode("utf-16-le")[:-1])
    assert refusal.value.code == "wrong_encoding"


def test_quotes_without_end_are_refused_with_their_line() -> None:
    with pytest.raises(BadSheet, match="双引号不成对") as refusal:
        roster(text([HEADINGS]) + '1,"张三,男\n2,李四,女\n'.encode())
    assert refusal.value.code == "bad_quotes"


def test_a_text_that_a_program_wrapped_as_a_formula_is_the_text() -> None:
    row = (1, "张三", "男", '="130602199512153357"', "焊工", "四级", '="0311"')
    reading = roster(text([HEADINGS, row]))
    assert reading.rows[0].value("id_number") == "130602199512153357"
    assert reading.rows[0].value("phone") == "0311"
    assert reading.problems == ()


def test_a_formula_in_a_csv_is_refused() -> None:
    reading = roster(text([HEADINGS, (1, '=HYPERLINK("http://x.invalid","张三")', *ZHANG[2:])]))
    assert [(p.row, p.field, p.code) for p in reading.problems] == [(2, "name", "formula")]


def test_a_hundred_thousand_blank_lines_are_nobody() -> None:
    data = text([HEADINGS, ZHANG]) + b",,,,,,\r\n" * 300_000
    assert names(roster(data)) == ["张三"]
