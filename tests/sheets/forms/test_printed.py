"""Does a PDF say and break as the workbook does, with every character drawn?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.sheets.composing.grid import Cell, Sheet
from app.sheets.composing.paginate import page_breaks
from app.sheets.composing.pdf import print_page, print_pdf
from app.sheets.forms.application import application_sheet
from app.sheets.forms.content import ApplicationForm, RosterForm, RosterRow
from app.sheets.forms.editions import layout_on
from app.sheets.forms.roster import roster_sheet

ISSUED = date(2021, 3, 25)
PERSON = RosterRow(
    name="王小燕",
    gender="女",
    id_number="130203199001011237",
    employer="唐山海森重型机械制造有限公司",
    current_certificate="Y000013000001215000001",
)


def roster(rows: list[RosterRow]) -> Sheet:
    form = RosterForm("唐山某评价机构", "唐山某企业", "张三", "0315-2800100", ISSUED, tuple(rows))
    return roster_sheet(form, layout_on("roster"))


def pages(pdf: bytes) -> list[str]:
    """What stands on each page, without blanks, line ends and places to break."""
    texts = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return ["".join(text.replace("\u200b", "").split()) for text in texts]


@pytest.mark.parametrize("number", [0, 1, 25, 120])
def test_pages_break_where_the_workbook_breaks(number: int) -> None:
    sheet = roster([replace(PERSON, name=f"王{index}") for index in range(1, number + 1)])
    found = pages(print_pdf([sheet], ISSUED))
    assert len(found) == len(page_breaks(sheet)) + 1
    for index, text in enumerate(found, start=1):
        assert f"第{index}页共{len(found)}页" in text
        assert "身份证号" in text  # the heading stands on every page
    for index in range(1, number + 1):
        assert sum(f"王{index}女" in text for text in found) == 1


def test_pages_drawn_a_few_at_a_time_are_all_there_in_order_and_always_the_same() -> None:
    people = [ApplicationForm(name=f"王{index}") for index in range(60)]
    layout = layout_on("application")
    short = [application_sheet(one, layout, one.name) for one in people]
    long = roster([replace(PERSON, name=f"李{index}") for index in range(900)])
    sheets = [*short[:30], long, *short[30:]]
    pdf = print_pdf(sheets, ISSUED)
    found = pages(pdf)

    count = len(page_breaks(long)) + 1
    assert len(found) == 60 + count > 100
    assert [index for index, text in enumerate(found) if "申报表" in text] == [
        *range(30),
        *range(30 + count, 60 + count),
    ]
    assert all(f"第{index}页共{count}页" in found[29 + index] for index in range(1, count + 1))
    assert "李899" in found[29 + count]
    assert PdfReader(BytesIO(pdf)).metadata["/Title"] == "职业技能等级认定申报表"
    assert print_pdf(sheets, ISSUED) == pdf


def test_the_same_form_gives_the_same_bytes() -> None:
    sheet = roster([PERSON] * 3)
    assert print_pdf([sheet], ISSUED) == print_pdf([sheet], ISSUED)


def test_text_is_never_read_as_markup() -> None:
    hostile = replace(PERSON, name="#panic()", employer="*粗*$x$\\<a>@b[c]", remark="//=1+1")
    text = pages(print_pdf([roster([hostile])], ISSUED))[0]
    for part in (hostile.name, hostile.employer, hostile.remark):
        assert part in text


def test_rare_characters_are_drawn() -> None:
    text = pages(print_pdf([roster([replace(PERSON, name="𠮷㛃䶮")])], ISSUED))[0]
    assert "𠮷㛃䶮" in text


def test_a_long_number_is_broken_and_not_written_over_its_neighbour() -> None:
    pdf = print_pdf([roster([PERSON])], ISSUED)
    assert PERSON.current_certificate in pages(pdf)[0]
    # On more lines than one: nowhere does it stand in one piece.
    assert PERSON.current_certificate not in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_an_application_stays_on_one_page_however_much_it_says() -> None:
    long = ApplicationForm(
        name="王小燕",
        employer="唐山海森重型机械制造有限公司" * 6,
        employer_address="唐山市路北区" * 20,
    )
    assert len(pages(print_pdf([application_sheet(long, layout_on("application"))], ISSUED))) == 1


def test_forms_follow_each_other_in_one_file() -> None:
    layout = layout_on("application")
    sheets = [application_sheet(ApplicationForm(name=name), layout) for name in ("甲", "乙")]
    assert len(pages(print_pdf(sheets, ISSUED))) == 2
    drawn = [print_page(sheets, ISSUED, number, 20) for number in (1, 2)]
    assert [image[:4] for image in drawn] == [b"\x89PNG"] * 2


def test_blanks_to_write_into_are_drawn_even_at_the_end_of_a_line() -> None:
    """Each blank is a line on the paper; spaces would be dropped where a line breaks."""
    blank = application_sheet(ApplicationForm(), layout_on("application"))
    lines = tuple(
        replace(line, cells=tuple(map(without_blanks, line.cells))) for line in blank.lines
    )
    without = replace(blank, lines=lines)
    assert strokes(print_pdf([blank], ISSUED)) == strokes(print_pdf([without], ISSUED)) + 5


def without_blanks(cell: Cell) -> Cell:
    """The cell with room instead of the lines to write on."""
    if isinstance(cell.content, int):
        return cell
    return replace(cell, content=tuple(replace(run, underlined=False) for run in cell.content))


def strokes(pdf: bytes) -> int:
    """How many lines are drawn on the first page, as strokes or as thin boxes."""
    content = PdfReader(BytesIO(pdf)).pages[0].get_contents()
    assert content is not None
    painted = content.get_data().split()
    return sum(painted.count(word) for word in (b"S", b"f", b"f*"))
