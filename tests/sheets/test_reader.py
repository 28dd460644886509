"""Does a whole file read as the form that it is?"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, time
from time import perf_counter
from typing import Any

import pytest
import xlsxwriter

from app.core.errors import BadSheet
from app.core.sheets.reading.reader import read
from app.core.sheets.reading.table import SheetForm, TimeRange
from tests.sheets.awkward import HEADINGS, ZHANG, names, roster, sample, text, with_part, xlsx
from tests.sheets.known_forms import ARRANGEMENT, ROSTER, SCORES

FORMS = {"roster-tidy": ROSTER, "scores-tidy": SCORES, "exam-arrangement-tidy": ARRANGEMENT}
BLANK = {15, 32}


@pytest.mark.parametrize(
    ("name", "rows"), [("roster-tidy", 120), ("scores-tidy", 120), ("exam-arrangement-tidy", 22)]
)
def test_a_tidy_sample_reads_wholly(name: str, rows: int) -> None:
    reading = read(sample(name), f"{name}.xlsx", FORMS[name], others=tuple(FORMS.values()))
    assert [row.number for row in reading.rows] == list(range(2, rows + 2))
    assert reading.problems == ()
    assert reading.missing == ()
    assert reading.skipped == ()
    known = {heading.field for heading in reading.headings if heading.field}
    assert known == {column.field for column in FORMS[name].columns}


def test_the_messy_roster_has_forty_people_in_their_rows() -> None:
    reading = roster(sample("roster-messy"))
    assert [row.number for row in reading.rows] == [n for n in range(5, 47) if n not in BLANK]
    assert reading.header_rows == (3, 4)
    assert reading.sheet == "Sheet1"
    assert [skipped.number for skipped in reading.skipped] == [48, 49]


def test_the_messy_roster_has_exactly_two_cells_that_cannot_be_read() -> None:
    problems = roster(sample("roster-messy")).problems
    assert [(p.row, p.field, p.code) for p in problems] == [
        (16, "id_number", "digits_lost"),
        (39, "name", "formula"),
    ]


@pytest.mark.parametrize(
    ("number", "field", "value"),
    [
        (7, "name", "韩怡立"),
        (9, "id_number", "130402198607211411"),
        (11, "id_number", "130702196703023928"),
        (20, "level", "中级工"),
        (22, "level", "4级"),
        (24, "occupation", "车工"),
        (24, "work_type", "普车"),
        (28, "name", None),
        (33, "phone", "17253861365"),
        (35, "years", 12),
        (37, "level", "特级"),
        (41, "id_number", "522229198009270191"),
    ],
)
def test_each_slip_of_the_messy_roster_is_folded_or_left_to_the_rules(
    number: int, field: str, value: object
) -> None:
    row = next(row for row in roster(sample("roster-messy")).rows if row.number == number)
    assert row.value(field) == value
    assert row.cell(field).problem is None


def test_the_arrangement_gives_days_ranges_and_persons() -> None:
    row = read(sample("exam-arrangement-tidy"), "x.xlsx", ARRANGEMENT).rows[0]
    assert row.value("day") == date(2021, 4, 24)
    assert row.value("theory_time") == TimeRange(date(2021, 4, 24), time(9), time(10, 30))
    assert row.value("assessors") == ("马力强", "许彦", "宋文辉")
    assert row.value("head_count") == 4


@pytest.mark.parametrize("name", sorted(FORMS))
@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
def test_a_file_of_another_form_is_called_by_its_name(name: str, form: SheetForm) -> None:
    if FORMS[name] is form:
        return
    with pytest.raises(BadSheet) as refusal:
        read(sample(name), f"{name}.xlsx", form, others=tuple(FORMS.values()))
    assert refusal.value.code == "other_form"
    assert FORMS[name].name in refusal.value.message
    assert form.name in refusal.value.message


def test_scores_are_distinguished_from_a_roster_that_needs_no_more_than_they_have() -> None:
    need = {"name", "id_number", "level"}
    modest = replace(
        ROSTER, columns=tuple(replace(c, required=c.field in need) for c in ROSTER.columns)
    )
    assert not read(sample("scores-tidy"), "x.xlsx", modest).missing
    with pytest.raises(BadSheet, match="成绩表") as refusal:
        read(sample("scores-tidy"), "x.xlsx", modest, others=(SCORES, ARRANGEMENT))
    assert refusal.value.code == "other_form"


def test_of_several_other_forms_the_one_that_fits_best_is_named() -> None:
    need = {"name", "id_number", "level"}
    modest = replace(
        ROSTER, columns=tuple(replace(c, required=c.field in need) for c in ROSTER.columns)
    )
    with pytest.raises(BadSheet, match="看起来是“成绩表”"):
        read(sample("scores-tidy"), "x.xlsx", ARRANGEMENT, others=(modest, SCORES))


def test_an_odd_roster_is_not_taken_for_another_form() -> None:
    head = ("姓名", "证照号", "班组", "申报职业", "申报等级")
    reading = roster(xlsx([head, ("张三", "1306", "一", "焊工", "四级")]), others=(SCORES,))
    assert [column.field for column in reading.missing] == ["id_number"]


def test_a_formula_made_by_a_program_is_refused_in_words_and_in_numbers() -> None:
    def change(sheet: Any) -> None:
        sheet["B2"] = '=CONCATENATE("张","三")'
        sheet["H2"] = "=10+2"

    head = (*HEADINGS, "工龄")
    reading = roster(xlsx([head, (*ZHANG, 1)], change=change))
    assert [(p.row, p.field, p.code) for p in reading.problems] == [
        (2, "name", "formula"),
        (2, "years", "formula"),
    ]


def test_a_formula_with_a_result_counts_for_numbers_and_not_for_words() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, [*HEADINGS, "工龄", "备注"])
        sheet.write_row(1, 0, ZHANG)
        sheet.write_formula(1, 1, '="张"&"三"', None, "张三")
        sheet.write_formula(1, 7, "=10+2", None, 12)
        sheet.write_formula(1, 8, '=IF(1,"","x")', None, "")
    # Excel marks an empty result as a text, which the writer used here does not.
    data = with_part(
        target.getvalue(),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<c r="I2">', b'<c r="I2" t="str">'),
    )
    reading = roster(data)
    assert [(p.field, p.code) for p in reading.problems] == [("name", "formula")]
    assert reading.rows[0].value("years") == 12
    assert reading.rows[0].value("remark") is None


def test_a_cell_that_shows_an_error_is_a_problem_of_its_row() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, [*HEADINGS, "工龄"])
        sheet.write_row(1, 0, ZHANG)
        sheet.write_formula(1, 7, "=1/0", None, "#DIV/0!")
    reading = roster(target.getvalue())
    assert [(p.row, p.field, p.code) for p in reading.problems] == [(2, "years", "cell_error")]


def test_real_dates_of_a_workbook_are_days() -> None:
    head = ("认定日期", "职业", "等级", "理论考试时间")
    rows = [head, (date(2021, 4, 24), "焊工", "四级", "9:00-10:30")]
    row = read(xlsx(rows), "x.xlsx", ARRANGEMENT).rows[0]
    assert row.value("day") == date(2021, 4, 24)
    assert row.value("theory_time") == TimeRange(None, time(9), time(10, 30))


def test_a_workbook_reads_the_same_as_its_csv() -> None:
    rows = [HEADINGS, ZHANG, (), (2, "", "女", "１３", "电工", "四级", "")]
    one, other = roster(xlsx(rows)), roster(text(rows, "gbk"))
    assert [(r.number, {f: c.value for f, c in r.cells.items()}) for r in one.rows] == [
        (r.number, {f: c.value for f, c in r.cells.items()}) for r in other.rows
    ]


def test_twenty_thousand_people_are_read_in_seconds() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["序号", *(column.heading for column in ROSTER.columns)])
        person = ("张三丰", "男", "130602199512153357", "大学专科", "河北燕南重型机械制造有限公司")
        work = (7, "起重装卸机械操作工", "桥式起重机司机", "五级/初级工", "四级/中级工")
        for number in range(1, 20_001):
            row = (number, *person, "桥式起重机司机", *work, f"1913{number:08d}", "172", "备")
            sheet.write_row(number, 0, row)
    begun = perf_counter()
    reading = roster(target.getvalue())
    assert perf_counter() - begun < 12  # about 1.6 s; the rest is for a busy machine
    assert len(reading.rows) == 20_000
    assert names(reading)[-1] == "张三丰"
