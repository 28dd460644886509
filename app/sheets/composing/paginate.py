"""Before which lines does a new page begin, so that related lines stay together?"""

from collections.abc import Iterator

from app.sheets.composing.grid import Line, Sheet

# Leave a margin, since estimated heights and the printer's rounding may differ.
_FILLED = 0.965


def page_breaks(sheet: Sheet) -> tuple[int, ...]:
    """Return the indexes of lines that begin the second and further pages.

    Lines tied together move to the next page as one block, merged cells are not split, and the
    repeated heading is counted. A block higher than a page is split between lines.
    """
    if sheet.page.single:
        return ()
    room = page_room(sheet)
    heading = _heading_height(sheet)
    breaks: list[int] = []
    used = 0.0
    for block in _fitting_blocks(sheet, room, heading):
        height = _height(sheet, block)
        # A block that is alone on its page stays there, however high: a page may not be empty.
        if used and used + height > room:
            breaks.append(block.start)
            # The repeated heading takes its room on every page after the first.
            used = heading
        used += height
    return tuple(breaks)


def leaves(sheet: Sheet) -> Iterator[list[Line]]:
    """Yield the lines of each page; pages after the first begin with the heading."""
    starts = (0, *page_breaks(sheet))
    heading = [sheet.lines[index] for index in sheet.heading or ()]
    for start, end in zip(starts, (*starts[1:], len(sheet.lines)), strict=True):
        yield [*(heading if start else ()), *sheet.lines[start:end]]


def page_room(sheet: Sheet) -> float:
    """Return the height in points for lines on a page, before scaling to the page's width."""
    return sheet.page.height_pt * _FILLED / sheet.scale


def _heading_height(sheet: Sheet) -> float:
    return 0.0 if sheet.heading is None else _height(sheet, sheet.heading)


def _height(sheet: Sheet, lines: range) -> float:
    return sum(sheet.lines[index].height for index in lines)


def _fitting_blocks(sheet: Sheet, room: float, heading: float) -> Iterator[range]:
    """Yield blocks; one that fits no page is split, except within merged cells."""
    for block in _blocks(sheet, range(len(sheet.lines)), tied=True):
        if _height(sheet, block) > room - (heading if block.start else 0.0):
            yield from _blocks(sheet, block, tied=False)
        else:
            yield block


def _blocks(sheet: Sheet, lines: range, *, tied: bool) -> Iterator[range]:
    start = end = lines.start
    for index in lines:
        line = sheet.lines[index]
        reach = max((cell.lines for cell in line.cells), default=1) + (tied and line.keep)
        end = max(end, index + reach)
        if end <= index + 1:
            yield range(start, index + 1)
            start = index + 1
    if start < lines.stop:
        yield range(start, lines.stop)
