"""Which vertically adjacent cells are merged, so that a shared value is read once?"""

from collections.abc import Iterator
from dataclasses import replace

from app.sheets.composing.grid import Cell, Line, Sheet
from app.sheets.composing.paginate import page_breaks


def merged(sheet: Sheet) -> Sheet:
    """Return the sheet with shared cells merged within each page.

    Every line is high enough for its own copy of the text, so a merged cell can restart on the next
    page, and heights and page breaks do not change.
    """
    if not any(cell.shared for line in sheet.lines for cell in line.cells):
        return sheet
    starts = frozenset(page_breaks(sheet))
    heads: list[list[Cell]] = []
    open_cells: dict[int, tuple[int, int]] = {}
    for index, line in enumerate(sheet.lines):
        if index in starts:
            open_cells.clear()
        heads.append([*_kept(line, index, heads, open_cells)])
    lines = zip(sheet.lines, heads, strict=True)
    return replace(sheet, lines=tuple(replace(line, cells=tuple(cells)) for line, cells in lines))


def _kept(
    line: Line, index: int, heads: list[list[Cell]], open_cells: dict[int, tuple[int, int]]
) -> Iterator[Cell]:
    """Yield the line's cells, except those merged into a cell above, which grows by a line.

    ``open_cells`` maps column → (line, position) of the cell that may still grow.
    """
    still: dict[int, tuple[int, int]] = {}
    place = 0
    for cell in line.cells:
        above = open_cells.get(cell.column)
        if above is not None and cell.shared and heads[above[0]][above[1]].shared == cell.shared:
            head = heads[above[0]][above[1]]
            heads[above[0]][above[1]] = replace(head, lines=head.lines + 1)
            still[cell.column] = above
            continue
        if cell.shared:
            still[cell.column] = (index, place)
        place += 1
        yield cell
    open_cells.clear()
    open_cells.update(still)
