"""How do composed sheets become a document that can be edited in Word or WPS?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from app.sheets.forms.grid import ILLEGAL, Cell, Run, Sheet
from app.sheets.forms.layout import Font
from app.sheets.zipped import repacked

_TWIPS_PER_MM = 1440 / 25.4
_MARGIN = 40
# Word processors add a little to each line, and end every document with a paragraph of their own.
_FILLED = 0.93
_LINE = 1.3
_SIDES = (("T", "top"), ("L", "left"), ("B", "bottom"), ("R", "right"))
_VALIGN = {"top": "top", "vcenter": "center", "bottom": "bottom"}


def write_document(sheets: Iterable[Sheet], issued: date) -> bytes:
    """A .docx file with a section for each sheet; the same sheets give the same bytes.

    Every sheet is a table of fixed widths, so that it looks as printed and every word of it can be
    changed. Headings are repeated by the word processor itself.
    """
    document = Document()
    _drop_style_effects(document)
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
        _add_table(document, sheet)
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
        _add_page_numbers(section.footer.paragraphs[0])


def _add_page_numbers(paragraph: Any) -> None:
    _centre(paragraph)
    for text, field in (("第 ", "PAGE"), (" 页 共 ", "NUMPAGES"), (" 页", "")):
        _write(paragraph, text, Font("宋体", 9))
        if field:
            simple = OxmlElement("w:fldSimple")
            simple.set(qn("w:instr"), field)
            paragraph._p.append(simple)  # noqa: SLF001 - the library has no fields of its own


def _centre(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.append(_element("jc", val="center"))


def _add_table(document: Any, sheet: Sheet) -> None:
    """The sheet's lines; those before a repeated heading as a table of their own.

    Word processors repeat the first rows of a table and no others.
    """
    start = 0 if sheet.heading is None else sheet.heading.start
    spans = _Spans()
    for part in (range(start), range(start, len(sheet.lines))):
        if not part:
            continue
        rows = [_row(sheet, index, spans, document) for index in part]
        body = document.element.body
        body.insert(len(body) - 1, _table(sheet, rows))
        # Between tables and at the end stands a paragraph: as small as can be.
        last = document.add_paragraph()
        _tighten(last, 1)
        last.add_run(" ").font.size = Pt(1)


def _table(sheet: Sheet, rows: Sequence[Any]) -> Any:
    table, properties = OxmlElement("w:tbl"), OxmlElement("w:tblPr")
    properties.append(_element("tblW", w="0", type="auto"))
    properties.append(_element("jc", val="center"))
    properties.append(_element("tblLayout", type="fixed"))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(side, w=str(_MARGIN), type="dxa"))
    properties.append(margins)
    table.append(properties)
    grid = OxmlElement("w:tblGrid")
    for width in sheet.widths:
        grid.append(_element("gridCol", w=str(round(width * _scale(sheet) * _TWIPS_PER_MM))))
    table.append(grid)
    for row in rows:
        table.append(row)
    return table


def _scale(sheet: Sheet) -> float:
    """By how much the sheet shrinks: to its page's width, and a single page to its height too."""
    if not sheet.page.single:
        return sheet.scale
    height = sum(line.height for line in sheet.lines)
    return min(sheet.scale, sheet.page.height_pt * _FILLED / height)


def _tighten(paragraph: Any, points: float) -> None:
    """Lines of just that pitch, without room before or after."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points)


def _drop_style_effects(document: Any) -> None:
    """Without the second set of styles of the library's own template.

    It is only for Word 2007, contradicts the first, and makes newer ones offer a repair.
    """
    for key, relation in [*document.part.rels.items()]:
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]


class _Spans:
    """Merged cells that reach down from lines before: by column, how many lines are left."""

    def __init__(self) -> None:
        self.left: dict[int, tuple[int, Cell]] = {}

    def covering(self, column: int) -> Cell | None:
        count, cell = self.left.get(column, (0, None))
        if cell is None or count == 0:
            return None
        self.left[column] = (count - 1, cell)
        return cell


def _row(sheet: Sheet, index: int, spans: _Spans, document: Any) -> Any:
    line, scale = sheet.lines[index], _scale(sheet)
    row, properties = OxmlElement("w:tr"), OxmlElement("w:trPr")
    properties.append(_element("cantSplit"))
    height = round(line.height * scale * 20)
    properties.append(_element("trHeight", val=str(height), hRule="atLeast"))
    if sheet.heading is not None and index in sheet.heading:
        properties.append(_element("tblHeader"))
    row.append(properties)
    own = {cell.column: cell for cell in line.cells}
    column = 0
    while column < len(sheet.widths):
        held = spans.covering(column)
        cell = own.get(column) if held is None else held
        if cell is None:
            row.append(_cell(sheet, None, column, document))
            column += 1
            continue
        if held is None and cell.lines > 1:
            spans.left[column] = (cell.lines - 1, cell)
        row.append(_cell(sheet, cell, column, document, goes_on=held is not None))
        column += cell.columns
    return row


def _cell(
    sheet: Sheet, cell: Cell | None, column: int, document: Any, *, goes_on: bool = False
) -> Any:
    made, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    width = sheet.widths[column] if cell is None else sheet.cell_width(cell)
    twips = str(round(width * _scale(sheet) * _TWIPS_PER_MM))
    properties.append(_element("tcW", w=twips, type="dxa"))
    if cell is not None:
        if cell.columns > 1:
            properties.append(_element("gridSpan", val=str(cell.columns)))
        if goes_on:
            properties.append(_element("vMerge"))
        elif cell.lines > 1:
            properties.append(_element("vMerge", val="restart"))
        properties.append(_borders(cell))
        properties.append(_element("vAlign", val=_VALIGN[cell.valign]))
    made.append(properties)
    _fill(made, None if goes_on else cell, document, _scale(sheet))
    return made


def _borders(cell: Cell) -> Any:
    borders = OxmlElement("w:tcBorders")
    for letter, side in _SIDES:
        drawn = "single" if letter in cell.sides else "nil"
        borders.append(_element(side, val=drawn, sz="4", space="0", color="000000"))
    return borders


def _fill(made: Any, cell: Cell | None, document: Any, scale: float) -> None:
    paragraphs = _paragraphs(cell)
    for runs in paragraphs:
        element = OxmlElement("w:p")
        made.append(element)
        paragraph = _Cell(made, document).paragraphs[-1]
        if cell is None:
            _tighten(paragraph, 1)
            continue
        if cell.picture is None:
            _tighten(paragraph, cell.font.size * scale * _LINE)
        element.get_or_add_pPr().append(_element("jc", val=cell.align))
        if cell.picture is not None:
            picture = cell.picture
            size = Mm(picture.width_mm * scale), Mm(picture.height_mm * scale)
            paragraph.add_run().add_picture(BytesIO(picture.data), *size)
        for run in runs:
            font = Font(cell.font.name, cell.font.size * scale, cell.font.bold)
            _write(paragraph, run.text, font, underlined=run.underlined)


def _paragraphs(cell: Cell | None) -> Sequence[Sequence[Run]]:
    """The runs of each line that the text itself begins; at least one, empty or not."""
    if cell is None:
        return [[]]
    if isinstance(cell.content, int):
        return [[Run(str(cell.content))]]
    return [*_split(cell.content)] or [[]]


def _split(runs: Sequence[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        first, *others = run.text.translate(ILLEGAL).split("\n")
        line.append(Run(first, run.underlined))
        for text in others:
            yield line
            line = [Run(text, run.underlined)]
    if line:
        yield line


def _write(paragraph: Any, text: str, font: Font, *, underlined: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font.name, Pt(round(font.size * 2) / 2)
    run.font.bold, run.font.underline = font.bold, underlined
    run._r.get_or_add_rPr().get_or_add_rFonts().set(  # noqa: SLF001 - the library knows no eastAsia
        qn("w:eastAsia"), font.name
    )


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
