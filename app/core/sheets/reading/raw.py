"""What are the cells of a sheet, before their meaning is known?"""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[int, int]
Range = tuple[Place, Place]


@dataclass(frozen=True)
class RawSheet:
    """The cells of one sheet from A1 on; all places are 0-based (row, column).

    Empty cells are "", cells showing an error ``Broken.ERROR``; rows may differ in length.
    ``merged`` holds the first and last place of each merged range, ``formulas`` the places of
    computed values.
    """

    name: str
    rows: list[list[object]]
    hidden: bool = False
    merged: tuple[Range, ...] = ()
    formulas: frozenset[Place] = frozenset()

    def at(self, row: int, column: int) -> object:
        """Return the value at a place, or "" beyond the end."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


@dataclass(frozen=True)
class Source:
    """All sheets of an upload; ``doubtful`` if its encoding was guessed and looks wrong."""

    sheets: tuple[RawSheet, ...]
    doubtful: bool = False
