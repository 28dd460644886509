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
    """The raw value of a cell without a value: it shows #N/A or the like, or has a formula that
    the program which wrote the file never computed.
    """

    ERROR = "#ERROR"
    NOT_COMPUTED = "#FORMULA"


@dataclass(frozen=True)
class Column:
    """One column of a form.

    ``heading`` is the official wording. ``aliases`` are other headings in use, those of a
    two-line head as "group/heading" ("申报/职业"). If ``required``, a sheet without this column
    is not this form. ``kind`` decides the type of ``Cell.value``: text, name and long_number give
    ``str``, number ``float``, integer ``int``, date ``datetime.date``, moment
    ``datetime.datetime``, datetime_range ``TimeRange``, person_names ``tuple[str, ...]``.
    """

    field: str
    heading: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    kind: Kind = "text"


@dataclass(frozen=True)
class SheetForm:
    """A table that people send in: its name, its columns and words in its title."""

    name: str
    columns: tuple[Column, ...]
    title_hints: tuple[str, ...] = ()

    def column(self, field: str) -> Column | None:
        """Return the column of a model field, or None."""
        return next((column for column in self.columns if column.field == field), None)


@dataclass(frozen=True)
class TimeRange:
    """A start and end time on one day, as written.

    ``date`` is None if the cell has no full date; ``month_day`` then holds the month and day if
    at least these were written, for comparison with the date column.
    """

    date: datetime.date | None
    start: datetime.time
    end: datetime.time
    month_day: tuple[int, int] | None = None

    def agrees_with(self, day: datetime.date) -> bool:
        """Return whether nothing written in the cell contradicts ``day``."""
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
    """A row of data: its number in the spreadsheet and its recognised cells by field."""

    number: int
    cells: Mapping[str, Cell]
    raw: tuple[object, ...] = ()

    def cell(self, field: str) -> Cell:
        """Return the cell of a field; an empty one if the sheet has no such column."""
        return self.cells.get(field, EMPTY)

    def value(self, field: str) -> object | None:
        """Return the typed value of a field; None if empty, unreadable or without a column."""
        return self.cell(field).value

    def text(self, field: str) -> str:
        """Return the folded text of a field, even if its value could not be read."""
        return self.cell(field).text

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of this row's cells by themselves."""
        return tuple(cell.problem for cell in self.cells.values() if cell.problem)


@dataclass(frozen=True)
class Heading:
    """One heading: 0-based column, text as written (two lines joined by "/") and field if known.

    ``key`` is the folded text under which a user's assignment is remembered.
    """

    column: int
    text: str
    key: str
    field: str | None = None


@dataclass(frozen=True)
class Skipped:
    """A row with text below the head that is not data, and why (in Chinese)."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """A sheet read as a form; row numbers are those of the spreadsheet, 1-based.

    ``missing`` are required columns without a heading, which the user may assign. ``preamble``
    holds the texts above the head by row. ``other_sheets`` are further visible sheets of the same
    form with data, which were not read.
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
        """All problems of cells, in the order of the rows."""
        return tuple(problem for row in self.rows for problem in row.problems)
