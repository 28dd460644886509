"""Which texts are above each column, in a head with merged cells and several lines?"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.sheets.reading.cell import text_of
from app.core.sheets.reading.raw import Place, Range, RawSheet

Lines = Mapping[int, tuple[str, ...]]

# No real head has more; this limits files made to be slow.
_MOST_RANGES = 2_000


def merged_near_top(sheet: RawSheet, rows: int) -> tuple[Range, ...]:
    """Return the merged ranges that begin in the first ``rows`` rows."""
    near = sorted(area for area in sheet.merged if area[0][0] < rows)
    return tuple(near[:_MOST_RANGES])


def read_lines(sheet: RawSheet, merged: tuple[Range, ...], first: int, last: int) -> Lines:
    """Return, for each column with a heading in the rows, its texts from top to bottom.

    The text of a group applies to all columns of its merged range. Without merged cells (CSV) it
    is carried to the right as long as its own line is empty and the line below is not.
    """
    width = max(len(sheet.rows[row]) for row in range(first, last + 1))
    areas = _areas(merged, first, last, width)
    lines: dict[int, list[str]] = {column: [] for column in range(width)}
    for row in range(first, last + 1):
        carried = ""
        for column in range(width):
            area = areas.get((row, column))
            if area is not None:
                carried = ""
                text = _text_in_area(sheet, area, (row, column), last)
            else:
                text = _text(sheet, row, column)
                grouping = row < last and _text(sheet, row + 1, column) != ""
                text = text or (carried if grouping else "")
                carried = text if grouping else ""
            if text:
                lines[column].append(text)
    return {column: tuple(texts) for column, texts in lines.items() if texts}


def _text_in_area(sheet: RawSheet, area: Range, place: Place, last: int) -> str:
    """Return a merged range's text at one of its places; "" where it only continues downwards.

    A heading merged over several columns down to the last line belongs to its first column.
    """
    (top, left), (bottom, _) = area
    if place[0] != top or (bottom >= last and place[1] != left):
        return ""
    return _text(sheet, top, left)


def _areas(merged: tuple[Range, ...], first: int, last: int, width: int) -> dict[Place, Range]:
    """Return the merged range at each place in the rows, clipped to the width of the sheet.

    Ranges of an intact file do not overlap; reading stops once they cover more than all places.
    """
    areas: dict[Place, Range] = {}
    left = (last + 1 - first) * width
    for area in merged:
        (top, begin), (bottom, end) = area
        rows = range(max(first, top), min(last, bottom) + 1)
        columns = range(begin, min(width - 1, end) + 1)
        left -= len(rows) * len(columns)
        if left < 0:
            break
        areas.update(((row, column), area) for row in rows for column in columns)
    return areas


def _text(sheet: RawSheet, row: int, column: int) -> str:
    value = sheet.at(row, column)
    return text_of(value) if value != "" else ""
