"""What would an import do with each row, its cells and its problems?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from app.core.errors import Problem
from app.core.sheets.reading.table import Reading, Row

Status = Literal["new", "changed", "unchanged", "refused"]


@dataclass(frozen=True)
class Judged:
    """A row as judged by its kind of import.

    ``values`` are those that the row sets on the model's columns; a blank cell sets none, and so
    keeps what is stored. ``stored`` is the stored row that it means, None for a new one.
    """

    row: Row
    values: dict[str, Any]
    stored: Any | None
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the row has a problem that is not just a warning."""
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def changes(self) -> dict[str, Any]:
        """The values that differ from the stored row's; for a new row all of them."""
        if self.stored is None:
            return self.values
        return {
            name: value
            for name, value in self.values.items()
            if not _same(getattr(self.stored, name), value)
        }


def _same(before: Any, after: Any) -> bool:
    if isinstance(after, list):
        return {one.id for one in before} == {one.id for one in after}
    return bool(before == after)


@dataclass(frozen=True)
class PreviewCell:
    """One recognised cell of a row; ``before`` is the stored value that the row would change."""

    field: str
    heading: str
    text: str
    problem: str = ""
    before: str | None = None


@dataclass(frozen=True)
class PreviewRow:
    """One row of the sheet, with its row number in the spreadsheet.

    ``values`` is what accepting the row writes, for use by the import only.
    """

    number: int
    status: Status
    cells: tuple[PreviewCell, ...]
    problems: tuple[Problem, ...]
    values: Judged


@dataclass(frozen=True)
class Heading:
    """A heading as written, its field ("" if unknown) and a sample value from its column.

    ``key`` is the text under which an assignment is remembered.
    """

    column: int
    text: str
    key: str
    field: str
    sample: str = ""


@dataclass(frozen=True)
class Counts:
    """The numbers of rows that would be added, changed, left unchanged and refused."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    @property
    def accepted(self) -> int:
        """The number of rows that acceptance writes."""
        return self.new + self.changed

    @property
    def total(self) -> int:
        """The number of rows of data in the sheet."""
        return self.accepted + self.unchanged + self.refused


@dataclass(frozen=True)
class Preview:
    """What accepting an uploaded sheet would do.

    ``problems`` are the errors of all rows, in order. ``notes`` concern the whole sheet and
    prevent nothing. As long as ``missing`` names columns, every row is refused.
    """

    kind: str
    filename: str
    sheet: str
    header_rows: tuple[int, int]
    headings: tuple[Heading, ...]
    missing: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    rows: tuple[PreviewRow, ...]
    counts: Counts
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    reading: Reading


@dataclass(frozen=True)
class Imported:
    """What was written of a sheet, and the name of its operation in the history."""

    shown: Preview
    operation: str
