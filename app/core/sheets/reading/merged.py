"""What do merged ranges below the head mean for the rows that they cover?"""

from __future__ import annotations

from collections.abc import Iterable

from app.core.sheets.reading.raw import Place, RawSheet


class Fills:
    """Vertically merged cells, whose value applies to each row that they cover.

    Rows must be looked up in ascending order.
    """

    def __init__(self, sheet: RawSheet, first: int, columns: Iterable[int]) -> None:
        self._waiting: dict[int, list[tuple[int, int]]] = {column: [] for column in columns}
        for (top, left), (bottom, _) in sheet.merged:
            if top >= first and bottom > top and left in self._waiting:
                self._waiting[left].append((top, bottom))
        for ranges in self._waiting.values():
            ranges.sort(reverse=True)
        self._current: dict[int, tuple[int, int]] = {}

    def place(self, row: int, column: int) -> Place | None:
        """Return the place of the value that covers a cell from above; None if there is none."""
        waiting = self._waiting[column]
        while waiting and waiting[-1][0] <= row:
            self._current[column] = waiting.pop()
        top, bottom = self._current.get(column, (row, row))
        return (top, column) if top < row <= bottom else None


def rows_of_wide_ranges(sheet: RawSheet, *, least: int) -> frozenset[int]:
    """Return the rows in which a merged range of at least ``least`` columns begins."""
    return frozenset(top for (top, left), (_, right) in sheet.merged if right - left + 1 >= least)
