"""How are composed sheets written as a workbook that prints correctly as it is?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.image import Image
from xlsxwriter.worksheet import Worksheet

from app.sheets.composing.grid import ILLEGAL, Cell, Picture, Run, Sheet
from app.sheets.composing.layout import Font
from app.sheets.composing.paginate import page_breaks

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # Column widths count in digits of the default font. Arial, or the Liberation Sans in its place,
    # is as wide on every machine, and at this size a digit has seven pixels with or without
    # rounding: at any other one of Excel and LibreOffice would shrink the paper.
    "default_format_properties": {
        "font_name": "Arial",
        "font_size": 9.5,
        "font_scheme": False,
        "theme": -1,
    },
}
_A4 = 9
_DOUBLE = 6
_CHINESE_CHARSET = 134
_MM_PER_INCH = 25.4
_PIXELS_PER_INCH = 96
_FOOTER = '&C&"宋体,Regular"&9第 &P 页 共 &N 页'
_SIDE_NAMES = {"L": "left", "R": "right", "T": "top", "B": "bottom"}


def draw(sheets: Iterable[Sheet], issued: date) -> bytes:
    """Return an .xlsx file with these sheets; equal sheets and edition date give equal bytes.

    Texts are written as text, never as formula, link or number. Raises ValueError for a text of
    more than 32,767 characters.
    """
    buffer = BytesIO()
    with Workbook(buffer, _OPTIONS) as book:
        pens = _Pens(book)
        for number, sheet in enumerate(sheets):
            if number == 0:
                # The day of issue, not the clock: equal forms give equal files.
                created = datetime(issued.year, issued.month, issued.day)
                book.set_properties({"title": sheet.title, "created": created})
            _draw_sheet(book.add_worksheet(sheet.name), sheet, pens)
    return buffer.getvalue()


@dataclass
class _Pens:
    """The workbook's cell formats, one for each style."""

    book: Workbook
    made: dict[tuple[object, ...], Format] = field(default_factory=dict)

    def for_cell(self, cell: Cell) -> Format:
        look = (
            cell.font,
            cell.align,
            _valign(cell),
            cell.sides,
            cell.indent,
            cell.double_line,
            _is_count(cell),
        )
        if look not in self.made:
            properties = _font_properties(cell.font) | {
                "align": cell.align,
                "valign": _valign(cell),
                "indent": cell.indent,
                "text_wrap": True,
                # Text format, so that a cell that is typed over later keeps long numbers and
                # leading zeros.
                **({} if _is_count(cell) else {"num_format": "@"}),
                **{_SIDE_NAMES[side]: 1 for side in cell.sides},
                **(
                    {"bottom": _DOUBLE, "bottom_color": f"#{cell.font.colour}"}
                    if cell.double_line
                    else {}
                ),
            }
            self.made[look] = self.book.add_format(properties)
        return self.made[look]

    def for_run(self, font: Font, *, underlined: bool) -> Format:
        look = (font, underlined)
        if look not in self.made:
            underline = {"underline": 1} if underlined else {}
            self.made[look] = self.book.add_format(_font_properties(font) | underline)
        return self.made[look]


def _font_properties(font: Font) -> dict[str, object]:
    return {
        "font_name": font.name,
        "font_size": font.size,
        "bold": font.bold,
        "font_charset": _CHINESE_CHARSET,
        **({"font_color": f"#{font.colour}", "theme": 0} if font.colour else {}),
    }


def _draw_sheet(worksheet: Worksheet, sheet: Sheet, pens: _Pens) -> None:
    _set_page(worksheet, sheet)
    for column, width in enumerate(sheet.widths):
        worksheet.set_column_pixels(column, column, _pixels(width))
    for index, line in enumerate(sheet.lines):
        worksheet.set_row(index, line.height)
        for cell in line.cells:
            _draw_cell(worksheet, index, cell, pens)
            if cell.picture:
                height = sum(one.height for one in sheet.lines[index : index + cell.lines])
                _place_picture(worksheet, index, cell, cell.picture, sheet.cell_width(cell), height)


def _set_page(worksheet: Worksheet, sheet: Sheet) -> None:
    page = sheet.page
    worksheet.set_paper(_A4)
    if page.landscape:
        worksheet.set_landscape()
    margins = (page.left, page.right, page.top, page.bottom)
    worksheet.set_margins(*(margin / _MM_PER_INCH for margin in margins))
    worksheet.center_horizontally()
    worksheet.hide_gridlines(2)
    worksheet.fit_to_pages(1, 1 if page.single else 0)
    worksheet.print_area(0, 0, len(sheet.lines) - 1, len(sheet.widths) - 1)
    worksheet.set_h_pagebreaks(list(page_breaks(sheet)))
    if page.numbered:
        worksheet.set_footer(_FOOTER, {"margin": page.bottom / 2 / _MM_PER_INCH})
    if sheet.heading is not None:
        worksheet.repeat_rows(sheet.heading.start, sheet.heading.stop - 1)
        worksheet.freeze_panes(sheet.heading.stop, 0)


def _draw_cell(worksheet: Worksheet, row: int, cell: Cell, pens: _Pens) -> None:
    pen = pens.for_cell(cell)
    if cell.columns > 1 or cell.lines > 1:
        last = (row + cell.lines - 1, cell.column + cell.columns - 1)
        # Merged empty first: the content is written below by its own kind.
        worksheet.merge_range(row, cell.column, *last, "", pen)
    if isinstance(cell.content, int):
        worksheet.write_number(row, cell.column, cell.content, pen)
        return
    if not cell.text:
        worksheet.write_blank(row, cell.column, None, pen)
        return
    if any(run.underlined for run in cell.content) and len(cell.content) > 1:
        fragments = _fragments(cell, cell.content, pens)
        refused = worksheet.write_rich_string(row, cell.column, *fragments, pen)
    else:
        refused = worksheet.write_string(row, cell.column, _clean(cell.text), pen)
    if refused:
        raise ValueError(f"longer than a cell can hold: {cell.text[:40]}")


def _fragments(cell: Cell, runs: Iterable[Run], pens: _Pens) -> Iterable[Format | str]:
    for run in runs:
        yield pens.for_run(cell.font, underlined=run.underlined)
        yield _clean(run.text)


def _place_picture(
    worksheet: Worksheet, row: int, cell: Cell, picture: Picture, width_mm: float, height_pt: float
) -> None:
    """Centre the picture in its cell at its size on paper, independent of its resolution."""
    image = Image(BytesIO(picture.data))
    width, height = _pixels(picture.width_mm), _pixels(picture.height_mm)
    options = {
        "image_data": BytesIO(picture.data),
        "x_scale": width / image.width * image.x_dpi / _PIXELS_PER_INCH,
        "y_scale": height / image.height * image.y_dpi / _PIXELS_PER_INCH,
        "x_offset": max(_pixels(width_mm) - width, 0) // 2,
        "y_offset": max(round(height_pt * _PIXELS_PER_INCH / 72) - height, 0) // 2,
        "object_position": 1,
    }
    worksheet.insert_image(row, cell.column, "photo", options)


def _valign(cell: Cell) -> str:
    """Return the vertical alignment; exact line spacing becomes distribution over the row.

    Spreadsheets have no line spacing, but the row is as high as the lines need.
    """
    return "vdistributed" if cell.pitch and cell.valign == "vcenter" else cell.valign


def _is_count(cell: Cell) -> bool:
    return isinstance(cell.content, int)


def _pixels(mm: float) -> int:
    return round(mm / _MM_PER_INCH * _PIXELS_PER_INCH)


def _clean(text: str) -> str:
    """Return the text without characters that XML does not allow."""
    return text.translate(ILLEGAL)
