"""How is a line too high for any page continued on the next, without cutting or shrinking?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.sheets.composing.grid import Cell, Line, Run, Sheet
from app.sheets.composing.measure import (
    MAX_ROW_HEIGHT,
    fitted,
    line_starts,
    lines_within,
    needed_height,
    text_width,
)
from app.sheets.composing.paginate import page_room

# Leave at least this part of a page to the line, even if heads and signatures need more.
_LEAST = 0.25


def in_portions(sheet: Sheet) -> Sheet:
    """Return the sheet with rows and paragraphs too high for a page split between text lines.

    Each portion repeats the cells that fit, which are merged again if portions share a page.
    """
    most = _ceiling(sheet)
    cut = [_portions(sheet, index, most) for index in range(len(sheet.lines))]
    grown = sum(len(lines) - 1 for lines in cut)
    if not grown:
        return sheet
    rows = range(sheet.rows.start, sheet.rows.stop + grown) if sheet.rows else sheet.rows
    return replace(sheet, lines=tuple(line for lines in cut for line in lines), rows=rows)


def _ceiling(sheet: Sheet) -> float:
    """Return the height in points left for a line next to heads above and signatures below."""
    room = page_room(sheet)
    head = _height(sheet, range(sheet.rows.start))
    heading = 0.0 if sheet.heading is None else _height(sheet, sheet.heading)
    foot = _height(sheet, range(sheet.rows.stop, len(sheet.lines))) if sheet.rows else 0.0
    left = room - max(head, heading + foot)
    return min(max(left, room * _LEAST), MAX_ROW_HEIGHT)


def _height(sheet: Sheet, lines: range) -> float:
    part = replace(sheet, lines=sheet.lines[lines.start : lines.stop])
    return sum(line.height for line in fitted(part).lines)


def _portions(sheet: Sheet, index: int, most: float) -> Sequence[Line]:
    line = sheet.lines[index]
    if not _may_be_cut(sheet, index):
        return [line]
    parts = {
        cell.column: [*_cut(sheet, cell, most)]
        for cell in line.cells
        if needed_height(sheet, cell) > most
    }
    count = max(map(len, parts.values()), default=1)
    return [
        replace(
            line,
            cells=tuple(_part(cell, parts.get(cell.column), at, index) for cell in line.cells),
            keep=line.keep and at == count - 1,
        )
        for at in range(count)
    ]


def _may_be_cut(sheet: Sheet, index: int) -> bool:
    """Rows of the table, and paragraphs of a letter after which a page may end."""
    line = sheet.lines[index]
    open_ended = not line.keep and all(not cell.sides for cell in line.cells)
    single = all(cell.lines == 1 and cell.picture is None for cell in line.cells)
    return single and (index in sheet.rows or open_ended)


def _cut(sheet: Sheet, cell: Cell, most: float) -> Iterator[Cell]:
    text = cell.text
    starts = line_starts(text, text_width(sheet, cell), cell.font.size)
    begins = starts[:: lines_within(most, cell)]
    for begin, end in zip(begins, (*begins[1:], len(text) + 1), strict=True):
        # Drop a line break at the border of two portions: the border replaces it.
        ended = end - 1 if text[end - 1 : end] in ("\n", "") else end
        yield replace(cell, content=tuple(_between(cell, begin, ended)))


def _between(cell: Cell, begin: int, end: int) -> Iterator[Run]:
    """Yield the runs of the text between two character positions."""
    runs = (Run(cell.text),) if isinstance(cell.content, int) else cell.content
    at = 0
    for run in runs:
        text = run.text[max(begin - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if text:
            yield replace(run, text=text)


def _part(cell: Cell, parts: Sequence[Cell] | None, at: int, row: int) -> Cell:
    if parts is None:
        return replace(cell, shared=cell.shared or ("row", row)) if cell.sides else cell
    return parts[at] if at < len(parts) else replace(cell, content=())
