"""How does a single-page form stay on one page at full width, however long its texts?"""

from __future__ import annotations

from dataclasses import replace

from app.sheets.composing.grid import Cell, Line, Sheet
from app.sheets.composing.measure import fitted

FILLED = 0.95
"""Spreadsheets and word processors add a little to each line: so much of a page may be filled."""

_AIRS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65)
_LEAST_AIR = 0.6
_SIZES = tuple(size / 100 for size in range(100, 45, -5))


def condensed(sheet: Sheet) -> Sheet:
    """Return the sheet fitted to one page, with the largest font, then the most space, possible.

    Widths and pictures keep their size. If even the smallest font is too high, the sheet stays so
    and the writer scales the page.
    """
    room = sheet.page.height_pt * FILLED / sheet.scale
    usual = fitted(sheet)
    if usual.height <= room:
        return usual
    size = next((one for one in _SIZES if _made(sheet, _LEAST_AIR, one).height <= room), _SIZES[-1])
    airs = (_made(sheet, air, size) for air in _AIRS)
    return next((one for one in airs if one.height <= room), _made(sheet, _LEAST_AIR, size))


def _made(sheet: Sheet, air: float, size: float) -> Sheet:
    """Return the sheet fitted with minimum heights and fonts scaled by these factors."""
    return fitted(replace(sheet, lines=tuple(_smaller(line, air, size) for line in sheet.lines)))


def _smaller(line: Line, air: float, size: float) -> Line:
    return replace(
        line, height=line.height * air, cells=tuple(_finer(cell, size) for cell in line.cells)
    )


def _finer(cell: Cell, size: float) -> Cell:
    points = round(cell.font.size * size * 2) / 2
    return replace(cell, font=replace(cell.font, size=points))
