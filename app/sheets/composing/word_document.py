"""How are composed sheets written as a document that can be edited in Word or WPS?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from app.core.sheets.writing.zipped import repacked
from app.sheets.composing.grid import Cell, Line, Sheet
from app.sheets.composing.layout import Font
from app.sheets.composing.one_page import FILLED
from app.sheets.composing.paginate import leaves, page_breaks
from app.sheets.composing.word_cell import TWIPS_PER_MM, element, table_cell, tight, write_run

_MARGIN = 18


def write_document(sheets: Iterable[Sheet], issued: date) -> bytes:
    """Return a .docx file with a section for each sheet; equal sheets give equal bytes.

    Every sheet is a table with fixed widths, so that it looks as printed and its text can be
    edited. The word processor repeats headings.
    """
    document = Document()
    _drop_style_effects(document)
    _say_chinese(document)
    made = datetime(issued.year, issued.month, issued.day, tzinfo=UTC)
    properties = document.core_properties
    properties.created = properties.modified = made.replace(tzinfo=None)
    properties.author, properties.title = "", ""
    for number, sheet in enumerate(sheets):
        if number == 0:
            properties.title = sheet.title
            section = document.sections[0]
        else:
            section = document.add_section(WD_SECTION.NEW_PAGE)
        _set_page(section, sheet)
        _add_tables(document, sheet)
    buffer = BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())


def _set_page(section: Any, sheet: Sheet) -> None:
    page = sheet.page
    width, height = (297, 210) if page.landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.footer.is_linked_to_previous = False
    section.header_distance = section.footer_distance = Mm(page.bottom / 2)
    if page.numbered:
        _count_from_one(section)
        pages = len(page_breaks(sheet)) + 1
        _add_page_numbers(section.footer.paragraphs[0], str(pages))


def _count_from_one(section: Any) -> None:
    """Restart page numbers at 1 in this section."""
    properties = section._sectPr  # noqa: SLF001 - the library has no page numbers
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    properties.find(qn("w:cols")).addprevious(element("pgNumType", start="1"))


def _add_page_numbers(paragraph: Any, pages: str) -> None:
    """Add 第 x 页 共 y 页 as fields; ``pages`` is shown by programs that do not compute them."""
    line = paragraph._p  # noqa: SLF001 - the library has no fields of its own
    line.get_or_add_pPr().append(element("jc", val="center"))
    for text, field in (("第 ", "PAGE"), (" 页 共 ", "SECTIONPAGES"), (" 页", "")):
        write_run(line, text, Font("宋体", 9))
        if field:
            simple = OxmlElement("w:fldSimple")
            simple.set(qn("w:instr"), field)
            write_run(simple, pages if field == "SECTIONPAGES" else "1", Font("宋体", 9))
            line.append(simple)


def _add_tables(document: Any, sheet: Sheet) -> None:
    """Add a table per computed page; on the first, the lines above the heading get their own.

    Merged cells end with their page, and some word processors cannot break a page within a table.
    If a page grows during editing, the word processor repeats its heading.
    """
    start, depth = 0, 0
    if sheet.heading is not None:
        start, depth = sheet.heading.start, len(sheet.heading)
    body, gap = document.element.body, None
    for number, lines in enumerate(leaves(sheet)):
        if gap is not None:
            _begin_page(gap)
        above = 0 if number else start
        for part, headings in ((lines[:above], 0), (lines[above:], depth)):
            if part:
                body.insert(len(body) - 1, _table(sheet, _rows(sheet, part, headings, document)))
                gap = _add_gap(document)


def _add_gap(document: Any) -> Any:
    """Add the paragraph that must separate tables, as small as possible."""
    gap = document.add_paragraph()
    gap._p.append(deepcopy(tight(1.0)))  # noqa: SLF001 - the library sets no exact pitch at once
    gap.add_run(" ").font.size = Pt(1)
    return gap


def _begin_page(gap: Any) -> None:
    """Start a new page at this paragraph."""
    gap.paragraph_format.page_break_before = True


def _rows(sheet: Sheet, lines: Sequence[Line], headings: int, document: Any) -> list[Any]:
    spans = _Spans()
    return [
        _row(sheet, line, spans, document, heading=index < headings)
        for index, line in enumerate(lines)
    ]


def _table(sheet: Sheet, rows: Sequence[Any]) -> Any:
    table, properties = OxmlElement("w:tbl"), OxmlElement("w:tblPr")
    properties.append(element("tblW", w="0", type="auto"))
    properties.append(element("jc", val="center"))
    properties.append(element("tblLayout", type="fixed"))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=str(_MARGIN), type="dxa"))
    properties.append(margins)
    table.append(properties)
    grid = OxmlElement("w:tblGrid")
    for width in sheet.widths:
        grid.append(element("gridCol", w=str(round(width * _scale(sheet) * TWIPS_PER_MM))))
    table.append(grid)
    for row in rows:
        table.append(row)
    return table


def _scale(sheet: Sheet) -> float:
    """Return the scale factor: to the page's width, and for a single page to its height too."""
    if not sheet.page.single:
        return sheet.scale
    return min(sheet.scale, sheet.page.height_pt * FILLED / sheet.height)


def _drop_style_effects(document: Any) -> None:
    """Remove the second set of styles of the library's template.

    It is only for Word 2007, contradicts the first and makes newer versions offer a repair.
    """
    for key, relation in [*document.part.rels.items()]:
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]


def _say_chinese(document: Any) -> None:
    """Set the language to zh-CN, so that punctuation is drawn as in mainland China."""
    for said in document.styles.element.iter(qn("w:lang")):
        said.set(qn("w:eastAsia"), "zh-CN")


class _Spans:
    """Tracks cells merged from lines above: column → number of lines left."""

    def __init__(self) -> None:
        self.left: dict[int, tuple[int, Cell]] = {}

    def covering(self, column: int) -> Cell | None:
        count, cell = self.left.get(column, (0, None))
        if cell is None or count == 0:
            return None
        self.left[column] = (count - 1, cell)
        return cell


def _row(sheet: Sheet, line: Line, spans: _Spans, document: Any, *, heading: bool) -> Any:
    scale = _scale(sheet)
    row, properties = OxmlElement("w:tr"), OxmlElement("w:trPr")
    properties.append(element("cantSplit"))
    height = round(line.height * scale * 20)
    properties.append(element("trHeight", val=str(height), hRule="atLeast"))
    if heading:
        properties.append(element("tblHeader"))
    row.append(properties)
    own = {cell.column: cell for cell in line.cells}
    column = 0
    while column < len(sheet.widths):
        held = spans.covering(column)
        cell = own.get(column) if held is None else held
        if cell is None:
            row.append(table_cell(None, sheet.widths[column], scale, document))
            column += 1
            continue
        if held is None and cell.lines > 1:
            spans.left[column] = (cell.lines - 1, cell)
        width = sheet.cell_width(cell)
        row.append(table_cell(cell, width, scale, document, goes_on=held is not None))
        column += cell.columns
    return row
