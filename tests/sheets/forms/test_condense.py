"""Does a form of one page keep its width and its photograph, whatever is written in it?"""

from __future__ import annotations

import pytest

from app.sheets.composing.grid import Cell, Sheet
from app.sheets.forms import ApplicationForm, HistoryRow, compose_applications, write
from tests.sheets.forms.people import LONG_EMPLOYER, application
from tests.sheets.forms.pictures import png
from tests.sheets.forms.samples import SIXTY

PHOTO = png(295, 413)


def one(form: ApplicationForm) -> Sheet:
    (sheet,) = compose_applications([form]).sheets
    return sheet


def cells(sheet: Sheet) -> list[Cell]:
    return [cell for line in sheet.lines for cell in line.cells]


def letters(sheet: Sheet) -> float:
    """The size of the letters that values are printed in."""
    return next(cell.font.size for cell in cells(sheet) if cell.text == "王小燕")


def wordy(rows: int) -> ApplicationForm:
    row = HistoryRow("2012.07—2021.04", f"{SIXTY} 车工", "李建国")
    return application(employer=SIXTY, employer_address=LONG_EMPLOYER, history=(row,) * rows)


def test_a_usual_form_is_printed_in_the_letters_of_the_layout() -> None:
    assert letters(one(application())) == 11


@pytest.mark.parametrize("rows", [4, 8, 12])
def test_more_is_written_smaller_and_still_fills_the_page_from_side_to_side(rows: int) -> None:
    sheet = one(wordy(rows))

    assert 6 <= letters(sheet) < 11
    # Nothing is left for a printer to shrink: the photograph comes out as large as it is said.
    assert sheet.height <= sheet.page.height_pt
    assert sheet.scale == 1
    assert sum(sheet.widths) == pytest.approx(sheet.page.width_mm)


def test_fewer_words_are_written_larger() -> None:
    assert letters(one(wordy(12))) < letters(one(wordy(4)))


@pytest.mark.parametrize("rows", [1, 12])
def test_the_photograph_has_its_room_of_25_by_35_millimetres(rows: int) -> None:
    row = HistoryRow("2012.07—2021.04", f"{SIXTY} 车工", "李建国")
    sheet = one(application(photo=PHOTO, history=(row,) * rows))
    index, cell = next(
        (index, cell)
        for index, line in enumerate(sheet.lines)
        for cell in line.cells
        if cell.picture
    )

    assert cell.picture
    assert (cell.picture.width_mm, cell.picture.height_mm) == (25, 35)
    assert sheet.cell_width(cell) >= 25
    assert sum(line.height for line in sheet.lines[index : index + cell.lines]) >= 35 * 72 / 25.4


def test_what_no_letters_are_small_enough_for_still_leaves_in_every_format() -> None:
    made = compose_applications([wordy(60)])

    for form in ("xlsx", "pdf", "docx"):
        assert write(made, form)
