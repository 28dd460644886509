"""Can a form be edited as a document, and does it say what the form says?"""

from __future__ import annotations

from datetime import date
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from app.sheets.composing.paginate import page_breaks
from app.sheets.composing.word_document import write_document
from app.sheets.forms.application import application_sheet
from app.sheets.forms.content import ApplicationForm, HistoryRow, RosterForm, RosterRow
from app.sheets.forms.editions import layout_on
from app.sheets.forms.plain import document_sheet
from app.sheets.forms.plain_documents import CommissionLetter
from app.sheets.forms.roster import roster_sheet
from tests.sheets.forms.pictures import png

ISSUED = date(2021, 3, 25)
PERSON = ApplicationForm(
    name="𠮷小燕",
    id_number="130203199001011237",
    history=(HistoryRow("2010-07—2015-06", "唐山机械厂 车工", "李四"),),
    department="一车间",
    photo=png(250, 350),
)


def opened(data: bytes) -> Document:  # type: ignore[valid-type]
    return Document(BytesIO(data))


def application(*people: ApplicationForm) -> bytes:
    layout = layout_on("application")
    return write_document([application_sheet(one, layout) for one in people], ISSUED)


def texts(document: Document) -> list[str]:  # type: ignore[valid-type]
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]  # type: ignore[attr-defined]


def test_each_candidate_has_a_section_of_a4() -> None:
    document = opened(application(PERSON, PERSON))
    assert len(document.sections) == 2  # type: ignore[attr-defined]
    for section in document.sections:  # type: ignore[attr-defined]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    found = texts(document)
    assert found.count("职业技能等级认定申报表") >= 2
    assert "𠮷小燕" in found
    assert any("一车间" in text for text in found)


def test_the_photo_has_its_size_on_paper() -> None:
    shapes = opened(application(PERSON)).inline_shapes  # type: ignore[attr-defined]
    assert len(shapes) == 1
    ratio = shapes[0].height / shapes[0].width
    assert abs(ratio - 35 / 25) < 0.01
    assert shapes[0].width <= Mm(25)


def test_chinese_is_set_in_the_form_s_own_font() -> None:
    document = opened(application(PERSON))
    fonts = {
        element.get(qn("w:eastAsia"))
        for element in document.element.iter(qn("w:rFonts"))  # type: ignore[attr-defined]
    }
    assert {"宋体", "黑体"} <= fonts


def test_a_letter_is_text_that_can_be_changed() -> None:
    letter = CommissionLetter(
        "唐山市职业技能鉴定中心", "唐职鉴委〔2021〕1号", "某机构", "某企业", content="车工四级"
    )
    document = opened(
        write_document([document_sheet(letter, layout_on("commission-letter"))], ISSUED)
    )
    whole = "".join(texts(document))
    for part in ("唐职鉴委〔2021〕1号", "某机构：", "某企业", "车工四级", "特此委托"):
        assert part in whole


def test_the_heading_of_a_list_is_repeated_on_each_page() -> None:
    form = RosterForm(rows=tuple(RosterRow(name=f"王{index}") for index in range(60)))
    document = opened(write_document([roster_sheet(form, layout_on("roster"))], ISSUED))
    head, *tables = document.tables  # type: ignore[attr-defined]
    assert not [row for row in head.rows if row._tr.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(tables) == len(page_breaks(roster_sheet(form, layout_on("roster")))) + 1 > 3
    for table in tables:
        repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert repeated[0]
        assert not any(repeated[1:])
        assert table.rows[0].cells[0].text == "序号"


def test_each_page_that_was_counted_begins_a_page_and_no_other_does() -> None:
    form = RosterForm(rows=tuple(RosterRow(name=f"王{index}") for index in range(60)))
    sheet = roster_sheet(form, layout_on("roster"))
    document = opened(write_document([sheet], ISSUED))
    begun = [one for one in document.paragraphs if one.paragraph_format.page_break_before]  # type: ignore[attr-defined]
    assert len(begun) == len(page_breaks(sheet))


def test_the_same_form_gives_the_same_bytes() -> None:
    assert application(PERSON) == application(PERSON)
