"""Does what no page has room for go on in the next line, whole and as large as ever?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.sheets.composing.grid import Cell, Line, Run, Sheet
from app.sheets.composing.layout import Font, Page
from app.sheets.composing.long_lines import in_portions
from app.sheets.composing.measure import needed_height
from app.sheets.composing.paginate import page_breaks
from app.sheets.forms import CommissionLetter, compose_documents, compose_form, pages_of, write
from tests.sheets.forms.people import arrangement, result_summary, roster, session, summary_row
from tests.sheets.forms.samples import SITES

PLACES = "；".join(SITES)
SEGMENTS = tuple(
    f"S000013000001215{10 * one + 1:06d}至S000013000001215{10 * one + 5:06d}" for one in range(200)
)
PARAGRAPH = "".join(f"第{number}项焊工（电焊工）五级/初级工，约120人；" for number in range(1, 200))


def table_cells(sheet: Sheet, column: int) -> list[Cell]:
    """The cells that begin at that grid column, of the table's rows."""
    rows = (sheet.lines[index] for index in sheet.rows)
    return [cell for line in rows for cell in line.cells if cell.column == column]


def test_a_session_at_eight_sites_stands_under_its_title_and_heading() -> None:
    rows = [replace(session(), theory_place=PLACES, practical_place=PLACES) for _ in range(3)]
    (sheet,) = compose_form(arrangement(*rows)).sheets

    assert page_breaks(sheet)[0] > sheet.rows.start
    # The third session goes on where the page ends; the merged places are said on each page anew.
    assert PLACES in "".join(cell.text for cell in table_cells(sheet, 8))
    assert {cell.font.size for cell in table_cells(sheet, 8)} == {9}


def test_two_hundred_segments_of_one_group_are_all_legible_and_in_order() -> None:
    made = compose_form(result_summary(summary_row(*SEGMENTS)))
    (sheet,) = made.sheets
    printed = [cell for cell in table_cells(sheet, 5) if cell.text]

    assert "\n".join(cell.text for cell in printed) == "\n".join(SEGMENTS)
    assert {cell.font.size for cell in printed} == {8}
    assert all(
        needed_height(sheet, cell) <= sheet.lines[index].height
        for index in sheet.rows
        for cell in sheet.lines[index].cells
    )
    assert pages_of(made) > 2


def test_each_page_says_whose_segments_go_on() -> None:
    (sheet,) = compose_form(result_summary(summary_row(*SEGMENTS))).sheets

    assert len(table_cells(sheet, 0)) == len(page_breaks(sheet)) + 1
    assert {cell.text for cell in table_cells(sheet, 0)} == {"焊工"}
    assert {cell.content for cell in table_cells(sheet, 3)} == {12}


def test_what_fits_is_not_touched() -> None:
    (sheet,) = compose_form(result_summary(summary_row(*SEGMENTS[:12]))).sheets

    assert table_cells(sheet, 5)[0].text == "\n".join(SEGMENTS[:12])


@pytest.mark.parametrize("length", [400, 1000, 5000])
def test_a_remark_as_long_as_a_book_leaves_out_nothing(length: int) -> None:
    remark = "".join(f"{number:05d}号" for number in range(length // 6))
    made = compose_form(roster(3, remark=remark))
    (sheet,) = made.sheets

    parts = "".join(cell.text for cell in table_cells(sheet, 14))
    assert parts == remark * 3
    assert write(made, "xlsx")


def test_a_long_paragraph_of_a_letter_goes_on_over_the_page_in_letters_of_its_size() -> None:
    letter = CommissionLetter(
        "唐山市职业技能鉴定中心",
        "唐职鉴函〔2021〕12号",
        content=PARAGRAPH,
        signed_on=date(2021, 4, 1),
    )
    made = compose_documents([("WT", letter)], CommissionLetter)
    (sheet,) = made.sheets
    text = "".join(cell.text for line in sheet.lines for cell in line.cells)

    assert f"一、委托内容：{PARAGRAPH}" in text
    assert {cell.font.size for line in sheet.lines[3:-2] for cell in line.cells} == {16}
    assert pages_of(made) > 3


def test_underlined_words_stay_underlined_in_what_goes_on() -> None:
    said = Run("说" * 900), Run("认定" * 300, underlined=True), Run("。")
    cell = Cell(0, 1, 1, said, Font("仿宋", 16), "left", "vcenter", "")
    page = Page(landscape=False, left=27, right=25, top=30, bottom=25)
    cut = in_portions(Sheet("函", "函", page, (158.0,), (Line((cell,), 28),)))
    runs = [run for line in cut.lines for one in line.cells for run in one.content]

    assert len(cut.lines) > 2
    assert "".join(run.text for run in runs if run.underlined) == "认定" * 300
    assert "".join(run.text for run in runs) == "说" * 900 + "认定" * 300 + "。"
