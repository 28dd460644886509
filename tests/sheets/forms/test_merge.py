"""Is what consecutive rows share printed once, and never cut wrongly by a page's end?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from app.sheets.composing.grid import Sheet
from app.sheets.composing.merge import merged
from app.sheets.composing.paginate import page_breaks
from app.sheets.forms import ArrangementRow, compose_form, write
from app.sheets.forms.arrangement import arrangement_sheet, in_order
from app.sheets.forms.editions import layout_on
from tests.sheets.forms.paper import line_of, merges, sheet, workbook
from tests.sheets.forms.people import arrangement, session

DAY, NEXT = date(2021, 4, 24), date(2021, 4, 25)


def areas(*rows: ArrangementRow) -> set[str]:
    """The merged areas below the heading, its lines numbered from 1."""
    page = sheet(workbook(arrangement(*rows)))
    first = line_of(page, "认定日期") + 2
    found = set()
    for area in page.merged_cells.ranges:
        if first <= area.min_row and area.max_row < first + len(rows):
            letter = "".join(filter(str.isalpha, area.coord.split(":")[0]))
            found.add(f"{letter}{area.min_row - first + 1}-{area.max_row - first + 1}")
    return found


def printed(count: int) -> Sheet:
    return arrangement_sheet(arrangement(*[session()] * count), layout_on("arrangement"))


def test_sessions_of_a_day_share_day_site_time_and_place_and_nothing_else():
    assert areas(session("5"), session("4"), session("3")) == {
        "A1-3",
        "F1-3",
        "H1-3",
        "I1-3",
        "K1-3",
        "L1-3",
    }


def test_another_day_begins_new_cells_even_at_the_same_site():
    two = replace(session(), held_on=NEXT)

    assert areas(session(), session(), two, two) >= {"A1-2", "A3-4", "F1-2", "F3-4", "I3-4"}


def test_one_session_alone_and_empty_cells_are_not_merged():
    bare = replace(session(), theory_time="", theory_place="", site_contact="")

    assert areas(session()) == set()
    assert areas(bare, bare) == {"A1-2", "K1-2", "L1-2"}


def test_only_the_column_that_differs_is_told_apart():
    other = replace(session(), theory_place="教学楼201")

    assert areas(session(), other, session()) == {"A1-3", "F1-3", "H1-3", "K1-3", "L1-3"}


def test_sessions_stand_by_day_then_site_then_time_whatever_order_they_come_in():
    late = replace(session("5", 4), held_on=NEXT)
    other = replace(session("5", 3), site_contact="王考点", theory_time="08:00-09:00")
    noon = replace(session("5", 2), theory_time="11:00-12:30")
    rows = [late, noon, session("5", 1), other, ArrangementRow(head_count=5)]

    assert [row.head_count for row in in_order(rows)] == [3, 1, 2, 4, 5]


@pytest.mark.parametrize("count", [8, 13, 40])
def test_a_merged_cell_ends_with_its_page_and_begins_anew_on_the_next(count: int):
    made = printed(count)
    breaks = page_breaks(made)
    days = [
        (index, cell.lines)
        for index, one in enumerate(made.lines)
        for cell in one.cells
        if cell.text == "2021-04-24"
    ]

    assert bool(breaks) is (count > 8)
    assert [start for start, _ in days[1:]] == list(breaks)[: len(days) - 1]
    assert sum(lines for _, lines in days) == count
    for start, lines in days:
        assert not any(start < one < start + lines for one in breaks)


def test_a_merged_sheet_stays_as_it_is():
    made = printed(40)

    assert merged(made) == made


def test_the_workbook_has_no_merged_area_across_a_page_break():
    page = sheet(workbook(arrangement(*[session()] * 40)))
    breaks = [one.id for one in page.row_breaks.brk]

    assert breaks
    for area in page.merged_cells.ranges:
        assert not any(area.min_row <= one < area.max_row for one in breaks), area.coord
    assert len(merges(page)) > 5 * len(breaks)


def test_each_page_of_the_pdf_and_the_document_say_what_their_rows_share():
    made = compose_form(arrangement(*[session()] * 40))
    pdf = PdfReader(BytesIO(write(made, "pdf")))

    assert len(pdf.pages) > 2
    for leaf in pdf.pages[:-1]:
        # Once in the column of days; the times here carry no day.
        assert leaf.extract_text().count("2021-04-24") == 1
    table = Document(BytesIO(write(made, "docx"))).tables[-1]
    assert "2021-04-24" in table.cell(2, 0).text
    assert table.cell(2, 0)._tc is table.cell(3, 0)._tc
