"""At which position does each caption and value of a form go?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from string import Formatter

from app.sheets.composing.grid import Cell, Content, Line, Picture, Run, Sheet
from app.sheets.composing.layout import BOX, Column, Font, Layout, Slot, SlotLine, Table
from app.sheets.composing.long_lines import in_portions
from app.sheets.composing.measure import fitted
from app.sheets.composing.merge import merged
from app.sheets.composing.one_page import condensed
from app.sheets.composing.paginate import page_breaks

Values = Mapping[str, str | int | bytes]
"""What the names in a layout's braces stand for; bytes are images."""

Row = Mapping[str, str | int]
"""A line of the form's table: column key to what is printed there."""

_BLANK = "\u3000"


def compose(layout: Layout, values: Values, rows: Sequence[Row], name: str = "") -> Sheet:
    """Return the form's sheet, each line as high as its text needs.

    The table is filled up with empty lines as on the printed form, unless they would take another
    page. Raises KeyError if the layout names a value or row attribute that the form does not have.
    """
    least = layout.table.least_lines if layout.table else 0
    spare = max(least - len(rows), 0)
    sheet = _fitted(_laid_out(layout, values, rows, spare, name))
    if rows and spare and page_breaks(sheet):
        sheet = _fitted(_laid_out(layout, values, rows, 0, name))
    return merged(sheet)


def _fitted(sheet: Sheet) -> Sheet:
    return condensed(sheet) if sheet.page.single else fitted(in_portions(sheet))


def _laid_out(layout: Layout, values: Values, rows: Sequence[Row], spare: int, name: str) -> Sheet:
    above = [*_slot_lines(layout, layout.above, values)]
    below = [*_slot_lines(layout, layout.below, values)]
    if layout.table is None:
        lines = (*_tied(above), *_tied(below, last=False))
        return Sheet(name or layout.title, layout.title, layout.page, layout.widths, lines)
    table = [*_table_lines(layout, layout.table, [*rows, *[None] * spare])]
    depth = _heading_depth(layout.table)
    start = len(above) + depth
    heading = range(len(above), start) if layout.table.repeat_heading else None
    return Sheet(
        name or layout.title,
        layout.title,
        layout.page,
        layout.widths,
        (*_tied(above), *_tied_to_ends(table, depth, last=bool(below)), *_tied(below, last=False)),
        heading,
        range(start, len(above) + len(table)),
    )


def _tied(lines: Sequence[Line], *, last: bool = True) -> Iterator[Line]:
    """Yield the lines tied to each other; `last` ties the last to what follows as well."""
    for index, line in enumerate(lines):
        yield Line(line.cells, line.height, line.keep and (last or index < len(lines) - 1))


def _tied_to_ends(lines: Sequence[Line], depth: int, *, last: bool) -> Iterator[Line]:
    """Tie the first and last rows, so that neither heading nor signatures stand without a row."""
    for index, line in enumerate(lines):
        tied = index < depth or (last and index == len(lines) - 1)
        yield Line(line.cells, line.height, keep=tied)


def _slot_lines(layout: Layout, lines: Sequence[SlotLine], values: Values) -> Iterator[Line]:
    taken: dict[int, set[int]] = {}
    printed = [line for line in lines if not line.needs or values[line.needs]]
    for index, line in enumerate(printed):
        column, cells = 0, []
        for slot in line.slots:
            # A slot of an earlier line reaches down into this one: its columns are skipped.
            while column in taken.get(index, ()):
                column += 1
            cells.append(_slot_cell(layout, slot, column, values))
            for below in range(index + 1, index + slot.lines):
                taken.setdefault(below, set()).update(range(column, column + slot.columns))
            column += slot.columns
        yield Line(tuple(cells), line.height, line.keep)


def _slot_cell(layout: Layout, slot: Slot, column: int, values: Values) -> Cell:
    data = values[slot.picture] if slot.picture else b""
    picture = Picture(data, *slot.picture_mm) if data and isinstance(data, bytes) else None
    return Cell(
        column,
        slot.columns,
        slot.lines,
        () if picture else tuple(_runs(slot, values)),
        slot.font or layout.font,
        slot.align,
        slot.valign,
        slot.sides,
        picture,
        push=slot.push,
        pitch=slot.pitch,
        double_line=slot.double_line,
    )


def _runs(slot: Slot, values: Values) -> Iterator[Run]:
    for literal, key, places, _ in Formatter().parse(slot.text):
        if literal:
            yield Run(literal)
        value = str(values[key]) if key else ""
        if places:
            yield Run(f" {value} " if value else _BLANK * int(places), underlined=True)
        elif value:
            yield Run(value)


def _heading_depth(table: Table) -> int:
    return 2 if any(column.group for column in table.columns) else 1


def _table_lines(layout: Layout, table: Table, rows: Sequence[Row | None]) -> Iterator[Line]:
    lines = [*_heading_lines(layout, table), *(_row_line(layout, table, row) for row in rows)]
    for index, line in enumerate(lines):
        cells = line.cells
        if table.side is not None and index == 0:
            cells = (_side_cell(layout, table.side, len(lines)), *cells)
        yield Line(cells, line.height)


def _side_cell(layout: Layout, side: Slot, lines: int) -> Cell:
    font = side.font or layout.font
    return Cell(
        0, side.columns, lines, (Run(side.text),), font, side.align, side.valign, side.sides
    )


def _placed(table: Table) -> Iterator[tuple[int, Column]]:
    column = table.side.columns if table.side else 0
    for declared in table.columns:
        yield column, declared
        column += declared.columns


def _heading_lines(layout: Layout, table: Table) -> Iterator[Line]:
    font = table.heading_font or layout.font
    depth = _heading_depth(table)
    upper: list[Cell] = []
    lower: list[Cell] = []
    group = ""
    for index, column in _placed(table):
        if not column.group:
            upper.append(_heading_cell(index, column.columns, depth, column.caption, font))
        else:
            lower.append(_heading_cell(index, column.columns, 1, column.caption, font))
            if column.group != group:
                width = sum(one.columns for one in table.columns if one.group == column.group)
                upper.append(_heading_cell(index, width, 1, column.group, font))
        group = column.group
    for cells in (upper, lower)[:depth]:
        yield Line(tuple(cells), table.heading_height / depth)


def _heading_cell(column: int, columns: int, lines: int, caption: str, font: Font) -> Cell:
    return Cell(column, columns, lines, (Run(caption),), font, "center", "vcenter", BOX)


def _row_line(layout: Layout, table: Table, row: Row | None) -> Line:
    cells = []
    for index, column in _placed(table):
        value = "" if row is None else row[column.key]
        content: Content = value if isinstance(value, int) else ((Run(value),) if value else ())
        font = column.font or table.font or layout.font
        cell = Cell(index, column.columns, 1, content, font, column.align, "vcenter", BOX)
        cells.append(replace(cell, shared=_agreed(column, row)) if cell.text else cell)
    return Line(tuple(cells), table.line_height)


def _agreed(column: Column, row: Row | None) -> tuple[str | int, ...]:
    return () if row is None else tuple(row[name] for name in column.shared)
