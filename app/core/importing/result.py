"""What would an import do? Each row with its cells, its status and everything wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from app.core.errors import Problem
from app.core.sheets.reading.table import Reading, Row

Status = Literal["new", "changed", "unchanged", "refused"]


@dataclass(frozen=True)
class Judged:
    """A row as its kind of import judges it.

    ``values`` are those that the row gives to columns of the model (a blank cell gives none, so
    that it leaves what is there); ``stored`` is the record that the row is about, None for a new
    one.
    """

    row: Row
    values: dict[str, Any]
    stored: Any | None
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether anything but a warning stands against the row."""
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def changes(self) -> dict[str, Any]:
        """The values that differ from the stored record's; all of them for a new one."""
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
    """One known cell of a row; ``before`` is the stored value where the row changes it."""

    field: str
    heading: str
    text: str
    problem: str = ""
    before: str | None = None


@dataclass(frozen=True)
class PreviewRow:
    """One row of the sheet, under the number that the spreadsheet shows.

    ``values`` is what accepting the row writes: for the import alone.
    """

    number: int
    status: Status
    cells: tuple[PreviewCell, ...]
    problems: tuple[Problem, ...]
    values: Judged


@dataclass(frozen=True)
class Heading:
    """A heading as written, the field that it means ("" for none), and an example from below it.

    ``key`` is the text under which an assignment is remembered.
    """

    column: int
    text: str
    key: str
    field: str
    sample: str = ""


@dataclass(frozen=True)
class Counts:
    """How many rows would be added, changed, left as they are, and refused."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    @property
    def accepted(self) -> int:
        """How many rows an acceptance writes."""
        return self.new + self.changed

    @property
    def total(self) -> int:
        """How many rows of data the sheet has."""
        return self.accepted + self.unchanged + self.refused


@dataclass(frozen=True)
class Preview:
    """What an uploaded sheet would do.

    ``problems`` are the errors of all rows in their order; ``notes`` concern the sheet as a whole
    and stop nothing. While ``missing`` names columns, every row is refused.
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
    """What was written of a sheet, and the name of the operation that links it in the history."""

    shown: Preview
    operation: str
