"""What does a sheet look like before anything is known about its meaning?"""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[int, int]
Range = tuple[Place, Place]


@dataclass(frozen=True)
class RawSheet:
    """The cells of one sheet from A1 on; all places are 0-based (row, column).

    Empty cells are "", cells showing an error ``Broken.ERROR``; rows may differ in length.
    ``merged`` holds the first and last place of each merged range, ``formulas`` the places whose
    values were computed.
    """

    name: str
    rows: list[list[object]]
    hidden: bool = False
    merged: tuple[Range, ...] = ()
    formulas: frozenset[Place] = frozenset()

    def at(self, row: int, column: int) -> object:
        """The value at a place; "" beyond the end."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


@dataclass(frozen=True)
class Source:
    """All sheets of an upload; ``doubtful`` when its encoding had to be guessed and looks wrong."""

    sheets: tuple[RawSheet, ...]
    doubtful: bool = False
