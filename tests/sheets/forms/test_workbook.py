"""Does every form come out ready to print, safe to open, and the same each time?"""

import zipfile
from io import BytesIO

import pytest

from app.sheets.forms import (
    ArrangementForm,
    Form,
    ResultListForm,
    ResultSummaryForm,
    RosterForm,
    file_name,
)
from app.sheets.forms.editions import layout_on
from tests.sheets.forms.paper import applications, line, line_of, sheet, texts, workbook
from tests.sheets.forms.people import (
    LONG_EMPLOYER,
    application,
    arrangement,
    id_number,
    result_list,
    result_summary,
    roster,
    session,
)

LANDSCAPE = {
    "roster": workbook(roster()),
    "arrangement": workbook(arrangement()),
    "result-list": workbook(result_list()),
}
PORTRAIT = {
    "result-summary": workbook(result_summary()),
    "application": applications([application()]),
}
EVERY = LANDSCAPE | PORTRAIT
TABLES = {kind: data for kind, data in EVERY.items() if kind != "application"}


@pytest.mark.parametrize("kind", EVERY)
def test_every_form_prints_on_a4_one_page_wide_with_its_own_print_area(kind: str):
    page = sheet(EVERY[kind])

    assert page.page_setup.paperSize == 9
    assert page.page_setup.orientation == ("landscape" if kind in LANDSCAPE else "portrait")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToWidth in (None, 1)
    assert page.print_area.endswith(f"${page.max_row}")
    assert page.print_options.horizontalCentered


@pytest.mark.parametrize("kind", TABLES)
def test_tables_repeat_their_heading_and_number_their_pages(kind: str):
    page = sheet(TABLES[kind])
    first = {"roster": "序号", "arrangement": "认定日期", "result-list": "姓名"}.get(kind, "职业")
    heading = line_of(page, first)

    last = heading + 1 if kind == "arrangement" else heading
    assert page.print_title_rows == f"${heading}:${last}"
    assert page.page_setup.fitToHeight == 0
    assert page.oddFooter.center.text == "第 &P 页 共 &N 页"


def test_the_application_has_no_page_numbers_as_it_is_one_page():
    assert not sheet(EVERY["application"]).oddFooter.center.text


@pytest.mark.parametrize("kind", EVERY)
def test_captions_and_values_wrap_in_fonts_named_as_offices_know_them(kind: str):
    page = sheet(EVERY[kind])
    written = [cell for row in page.iter_rows() for cell in row if cell.value is not None]

    assert {cell.font.name for cell in written} <= {"宋体", "黑体", "仿宋"}
    assert all(cell.alignment.wrap_text for cell in written)


@pytest.mark.parametrize("kind", TABLES)
def test_every_cell_of_the_table_has_a_line_on_all_sides(kind: str):
    page = sheet(TABLES[kind])
    first = {"roster": "序号", "arrangement": "认定日期", "result-list": "姓名"}.get(kind, "职业")

    # The reading library takes the inner sides off merged cells: the two last of 表（一）.
    for cell in page[line_of(page, first) + 2][:5]:
        sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
        assert {side.style for side in sides} == {"thin"}


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "http://example.com", "1E5"])
def test_a_text_that_looks_like_something_else_stays_a_text(text: str):
    page = sheet(workbook(roster(1, name=text)))
    cell = page.cell(line_of(page, "序号") + 1, 2)

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_no_form_holds_a_formula():
    for data in (workbook(roster(3, remark="=HYPERLINK(1)")), *EVERY.values()):
        with zipfile.ZipFile(BytesIO(data)) as package:
            assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_braces_in_a_value_are_only_braces():
    page = sheet(workbook(RosterForm(body_name="{filler}{0}")))

    assert "评价机构（章）：{filler}{0}" in texts(page)


def test_control_characters_are_left_out_and_line_breaks_kept():
    page = sheet(workbook(roster(1, remark="甲\x00\x0b\r\n乙")))

    assert line(page, line_of(page, "序号") + 1)[-1] == "甲\n乙"


def test_rare_characters_come_through():
    page = sheet(workbook(roster(1, name="𠮷㛃䶮")))

    assert line(page, line_of(page, "序号") + 1)[1] == "𠮷㛃䶮"


@pytest.mark.parametrize(
    "form", [roster(30), arrangement(session()), result_summary(), result_list(30)]
)
def test_the_same_form_gives_the_same_bytes(form: Form):
    assert workbook(form) == workbook(form)


def test_the_same_applications_give_the_same_bytes():
    assert applications([application()]) == applications([application()])


@pytest.mark.parametrize("count", [0, 1, 120, 1000])
def test_any_number_of_people_stands_on_the_roster_in_order(count: int):
    page = sheet(workbook(roster(count)))
    heading = line_of(page, "序号")

    numbers = [page.cell(heading + 1 + index, 4).value for index in range(count)]
    assert numbers == [id_number(index) for index in range(count)]


def test_long_rosters_break_between_people_and_never_leave_the_signatures_alone():
    for count in range(8, 45):
        page = sheet(workbook(roster(count)))
        breaks = [one.id for one in page.row_breaks.brk]
        last_person = line_of(page, "序号") + count

        assert all(number < last_person for number in breaks)
        assert line_of(page, "序号") + 1 not in {number + 1 for number in breaks}


def test_spare_lines_take_no_page_of_their_own():
    long = roster(4, employer=LONG_EMPLOYER * 2)
    page = sheet(workbook(long))

    assert page.row_breaks.brk
    assert line_of(page, "企业审核意见：") == line_of(page, "序号") + 5


def test_a_long_value_makes_its_row_higher():
    def height(employer: str) -> float:
        page = sheet(workbook(roster(1, employer=employer)))
        return float(page.row_dimensions[line_of(page, "序号") + 1].height)

    assert height(LONG_EMPLOYER) > height("甲厂") + 30


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("roster", "P-1-职业技能等级认定人员名册备案表.xlsx"),
        ("arrangement", "P-1-考务安排表.xlsx"),
        ("result-summary", "P-1-职业技能等级认定结果备案表（一）.xlsx"),
        ("result-list", "P-1-职业技能等级认定结果备案表(二).xlsx"),
        ("application", "P-1-职业技能等级认定申报表.xlsx"),
    ],
)
def test_a_file_is_named_by_its_batch_and_the_official_title(kind: str, name: str):
    assert file_name("P/1", layout_on(kind).title, "xlsx") == name


def test_a_kind_of_form_that_there_is_not_is_refused():
    with pytest.raises(KeyError):
        layout_on("receipt")


@pytest.mark.parametrize(
    "form", [RosterForm(), ArrangementForm(), ResultSummaryForm(), ResultListForm()]
)
def test_an_empty_form_is_a_blank_form_on_one_page(form: Form):
    assert not sheet(workbook(form)).row_breaks.brk
