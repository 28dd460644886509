"""What does an import expect of a sheet, and what was read from it?"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from app.core.errors import Problem

Kind = Literal[
    "text",
    "name",
    "long_number",
    "number",
    "integer",
    "date",
    "moment",
    "datetime_range",
    "person_names",
]


class Broken(Enum):
    """The raw value of a cell that holds none: it shows #N/A and the like, or a formula that the
    program which wrote the file never computed.
    """

    ERROR = "#ERROR"
    NOT_COMPUTED = "#FORMULA"


@dataclass(frozen=True)
class Column:
    """One column that an import knows.

    ``heading`` is the official wording; ``aliases`` are other headings really written, those of a
    two-line head as "group/heading" ("申报/职业"). ``required``: without this column a sheet is not
    this form. ``kind`` decides the type of ``Cell.value``: text, name and long_number give ``str``,
    number ``float``, integer ``int``, date ``datetime.date``, moment ``datetime.datetime``,
    datetime_range ``TimeRange``, person_names ``tuple[str, ...]``.
    """

    field: str
    heading: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    kind: Kind = "text"


@dataclass(frozen=True)
class SheetForm:
    """A table that people send in: its name, its columns, and words that its title contains."""

    name: str
    columns: tuple[Column, ...]
    title_hints: tuple[str, ...] = ()

    def column(self, field: str) -> Column | None:
        """The column of a model field, or None."""
        return next((column for column in self.columns if column.field == field), None)


@dataclass(frozen=True)
class TimeRange:
    """From when to when on one day, as written.

    ``date`` is None where the cell names no full date; ``month_day`` then holds the month and day
    if at least these were written, so that the caller can compare them with the date column.
    """

    date: datetime.date | None
    start: datetime.time
    end: datetime.time
    month_day: tuple[int, int] | None = None

    def agrees_with(self, day: datetime.date) -> bool:
        """Whether nothing written in the cell contradicts ``day``."""
        if self.date is not None:
            return self.date == day
        return self.month_day is None or self.month_day == (day.month, day.day)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: as stored, as folded text, and as a value or a problem, never both."""

    raw: object
    text: str
    value: object | None = None
    problem: Problem | None = None


EMPTY = Cell(raw="", text="")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of data: its number as seen in the spreadsheet and its known cells by field."""

    number: int
    cells: Mapping[str, Cell]
    raw: tuple[object, ...] = ()

    def cell(self, field: str) -> Cell:
        """The cell of a field; an empty one where the sheet has no such column."""
        return self.cells.get(field, EMPTY)

    def value(self, field: str) -> object | None:
        """The typed value of a field; None when empty, unreadable or without a column."""
        return self.cell(field).value

    def text(self, field: str) -> str:
        """The folded text of a field, also where the value could not be read."""
        return self.cell(field).text

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the cells of this row taken by themselves."""
        return tuple(cell.problem for cell in self.cells.values() if cell.problem)


@dataclass(frozen=True)
class Heading:
    """One heading: 0-based column, text as written (two lines joined by "/"), field if known.

    ``key`` is the folded text under which a user's own assignment is remembered.
    """

    column: int
    text: str
    key: str
    field: str | None = None


@dataclass(frozen=True)
class Skipped:
    """A row below the header with text that is not data, and why it was left out (Chinese)."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """A sheet read as a form; row numbers are those of the spreadsheet, 1-based.

    ``missing`` are required columns without a heading: the user may assign them.
    ``preamble`` are the texts above the header by row. ``other_sheets`` are further visible sheets
    of the same form with data, which were not read.
    """

    sheet: str
    header_rows: tuple[int, int]
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    missing: tuple[Column, ...] = ()
    preamble: tuple[tuple[int, tuple[str, ...]], ...] = ()
    skipped: tuple[Skipped, ...] = ()
    other_sheets: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All cell problems, in the order of the rows."""
        return tuple(problem for row in self.rows for problem in row.problems)
