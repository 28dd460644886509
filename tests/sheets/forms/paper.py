"""What does a written form say, read back by another library than wrote it?"""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.sheets.forms import ApplicationForm, Form, compose_applications, compose_form, write


def workbook(form: Form, on: date | None = None) -> bytes:
    """The form as a workbook."""
    return write(compose_form(form, on), "xlsx")


def applications(forms: Sequence[ApplicationForm], on: date | None = None) -> bytes:
    """The candidates' application forms as one workbook."""
    return write(compose_applications(forms, on), "xlsx")


def opened(data: bytes) -> Workbook:
    """The workbook in these bytes, rich text as plain text."""
    return load_workbook(BytesIO(data))


def sheet(data: bytes) -> Worksheet:
    """The only sheet of a form's workbook."""
    book = opened(data)
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def texts(page: Worksheet) -> list[str]:
    """Everything that stands on the sheet, line by line, left to right."""
    return [str(cell.value) for line in page.iter_rows() for cell in line if cell.value is not None]


def line_of(page: Worksheet, text: str) -> int:
    """The number of the line where that text stands alone in a cell."""
    return next(cell.row for line in page.iter_rows() for cell in line if cell.value == text)


def line(page: Worksheet, number: int) -> list[object]:
    """What stands in that line, merged-away cells left out."""
    hidden = {
        (row, column)
        for area in page.merged_cells.ranges
        for row, column in area.cells
        if (row, column) != (area.min_row, area.min_col)
    }
    return [cell.value for cell in page[number] if (cell.row, cell.column) not in hidden]


def cell_right_of(page: Worksheet, caption: str) -> object:
    """The value in the cell next to a caption's cell, across merged columns."""
    number = line_of(page, caption)
    values = line(page, number)
    return values[values.index(caption) + 1]


def merges(page: Worksheet) -> set[str]:
    """The merged areas by their addresses."""
    return {area.coord for area in page.merged_cells.ranges}
