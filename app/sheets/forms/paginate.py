"""Before which lines does a new page begin, so that what belongs together stays together?"""

from collections.abc import Iterator

from app.sheets.forms.grid import Sheet

# Estimated heights and the printer's own rounding may differ: a page is never filled to the brim.
_FILLED = 0.965


def page_breaks(sheet: Sheet) -> tuple[int, ...]:
    """Indexes of the lines that begin the second and further pages; empty for a single page.

    Lines tied together move to the next page as one block, merged cells are not cut, and the
    heading repeated on each page takes its room. A block higher than a page is cut as it comes.
    """
    if sheet.page.single:
        return ()
    room = sheet.page.height_pt * _FILLED / sheet.scale
    heading = _heading_height(sheet)
    breaks: list[int] = []
    used = 0.0
    for block in _blocks(sheet):
        height = sum(sheet.lines[index].height for index in block)
        if used and used + height > room:
            breaks.append(block.start)
            used = heading
        used += height
    return tuple(breaks)


def _heading_height(sheet: Sheet) -> float:
    if sheet.heading is None:
        return 0.0
    return sum(sheet.lines[index].height for index in sheet.heading)


def _blocks(sheet: Sheet) -> Iterator[range]:
    start = end = 0
    for index, line in enumerate(sheet.lines):
        reach = max((cell.lines for cell in line.cells), default=1) + line.keep
        end = max(end, index + reach)
        if end <= index + 1:
            yield range(start, index + 1)
            start = index + 1
    if start < len(sheet.lines):
        yield range(start, len(sheet.lines))
