"""Do refused rows come back with their reasons, and is the corrected sheet taken?"""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook

from app.core import importing
from app.core.importing import KINDS
from tests.services.importing.conftest import Desk, roster, sample

QIU = "130203198209232773"


def rows_of(content: bytes) -> list[list[Any]]:
    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_refused_rows_come_back_with_one_more_column(desk: Desk) -> None:
    data = sample("roster-messy.xlsx")
    shown = desk.preview("roster", data)
    head, *rows = rows_of(importing.refused_workbook(shown, data, "名册.xlsx"))
    assert head[-1] == "问题"
    assert len(rows) == 9
    assert "原第 13 行" in rows[0][-1]
    assert "末位校验不符" in rows[0][-1]


def test_no_formula_goes_back_as_a_formula(desk: Desk) -> None:
    data = sample("roster-messy.xlsx")
    content = importing.refused_workbook(desk.preview("roster", data), data, "名册.xlsx")
    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}


def test_a_corrected_row_goes_in_when_it_is_sent_again(desk: Desk) -> None:
    shown = desk.preview("roster", roster(("张三", "女", QIU, "电工", "电工", "五级")))
    book = load_workbook(io.BytesIO(importing.refused_workbook(shown, b"", "")))
    page = book.active
    assert page is not None
    page["C2"] = "男"
    out = io.BytesIO()
    book.save(out)
    done = desk.accept("roster", out.getvalue())
    assert (done.counts.new, done.problems) == (1, ())


def test_every_blank_sheet_is_headed_as_the_import_reads_it(desk: Desk) -> None:
    for kind in KINDS:
        content = importing.blank_workbook(desk.session, desk.actor, kind)
        head = [str(cell).lstrip("*") for cell in rows_of(content)[0]]
        assert head[0] == "序号"
        assert sorted(head[1:]) == sorted(one.heading for one in importing.form_of(kind).columns)
