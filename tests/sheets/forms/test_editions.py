"""Does an old batch print in the edition of its time, and does each edition fit its paper?"""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from app.sheets.composing.layout import Column, Edition, Layout
from app.sheets.composing.workbook import draw
from app.sheets.forms import compose_form, editions, write
from app.sheets.forms.editions import EDITIONS, layout_on
from app.sheets.forms.roster import roster_sheet
from tests.sheets.forms.paper import line, line_of, sheet
from tests.sheets.forms.people import EMPLOYER, roster

LAYOUTS = [layout for kind in EDITIONS.values() for layout in kind]


def spans(layout: Layout) -> list[int]:
    """How many grid columns each line of slots covers, cells reaching down from above counted."""
    reaching: dict[int, int] = {}
    covered = []
    for part in (layout.above, layout.below):
        for index, slots in enumerate(one.slots for one in part):
            covered.append(sum(slot.columns for slot in slots) + reaching.pop(index, 0))
            for slot in slots:
                for below in range(index + 1, index + slot.lines):
                    reaching[below] = reaching.get(below, 0) + slot.columns
    return covered


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.title)
def test_every_line_of_a_layout_covers_the_whole_grid(layout: Layout):
    tables = [layout.table] if layout.table else []
    columns = {
        (table.side.columns if table.side else 0) + sum(one.columns for one in table.columns)
        for table in tables
    }

    assert {*spans(layout), *columns} == {len(layout.widths)}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.title)
def test_a_layout_is_as_wide_as_its_page_and_no_wider(layout: Layout):
    assert sum(layout.widths) == pytest.approx(layout.page.width_mm, abs=1)
    assert sum(layout.widths) <= layout.page.width_mm


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.title)
def test_an_edition_says_where_it_stands_and_since_when(layout: Layout):
    assert layout.edition == Edition("2021年版", date(2021, 3, 25), "冀职鉴字〔2021〕7号附件")


def test_a_batch_prints_in_the_edition_in_force_on_its_day(monkeypatch: pytest.MonkeyPatch):
    (old,) = EDITIONS["roster"]
    new = replace(old, edition=Edition("2025年版", date(2025, 1, 1), "新通知"))
    monkeypatch.setattr(editions, "EDITIONS", {"roster": (old, new)})

    assert layout_on("roster", date(2024, 12, 31)) is old
    assert layout_on("roster", date(2025, 1, 1)) is new
    assert layout_on("roster", date(2020, 1, 1)) is old
    assert layout_on("roster") is new


def test_a_caption_changes_and_a_column_comes_without_touching_the_drawing():
    (old,) = EDITIONS["roster"]
    columns = tuple(
        replace(column, caption="联系方式") if column.key == "phone" else column
        for column in old.table.columns
    )
    table = replace(old.table, columns=(*columns, Column("employer", "缴费单位")))
    layout = replace(old, table=table, widths=(*old.widths, 15.0))

    page = sheet(draw([roster_sheet(roster(), layout)], layout.edition.issued))
    heading = line_of(page, "序号")
    assert line(page, heading)[-3:] == ["联系方式", "备注", "缴费单位"]
    assert line(page, heading + 1)[-3:] == ["17229227819", "补考", EMPLOYER]


def test_a_new_edition_with_one_more_column_leaves_in_every_format(
    monkeypatch: pytest.MonkeyPatch,
):
    """As docs/forms.md says: data only."""
    (old,) = EDITIONS["roster"]
    table = replace(old.table, columns=(*old.table.columns, Column("employer", "缴费单位")))
    first, *others = old.widths
    new = replace(
        old,
        edition=Edition("2025年版", date(2025, 1, 1), "新通知"),
        table=table,
        widths=(first, *others, 15.0),
    )
    monkeypatch.setattr(editions, "EDITIONS", {"roster": (old, new)})

    for day, there in ((date(2024, 12, 31), False), (date(2025, 1, 1), True)):
        made = compose_form(roster(30), day)
        tables = Document(BytesIO(write(made, "docx"))).tables
        pages = [
            "".join(page.extract_text().split())
            for page in PdfReader(BytesIO(write(made, "pdf"))).pages
        ]
        assert any("缴费单位" in cell.text for cell in tables[-1].rows[0].cells) is there
        assert all(("缴费单位" in page) is there for page in pages)
        book = sheet(write(made, "xlsx"))
        assert ("缴费单位" in line(book, line_of(book, "序号"))) is there


def test_a_column_that_the_form_has_no_value_for_is_refused():
    (old,) = EDITIONS["roster"]
    table = replace(old.table, columns=(*old.table.columns, Column("shoe_size", "鞋码")))

    with pytest.raises(KeyError):
        roster_sheet(roster(), replace(old, table=table, widths=(*old.widths, 15.0)))
