"""In which rows is the head of a table, and which column belongs to which field?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.sheets.reading.fold import heading_key
from app.core.sheets.reading.lines import Lines, merged_near_top, read_lines
from app.core.sheets.reading.matching import Match, Matcher, assign
from app.core.sheets.reading.raw import RawSheet
from app.core.sheets.reading.table import Column, Heading, SheetForm

_SEARCHED_ROWS = 100
_DEEPEST = 3  # a title or group line, a heading line, and one between
_LONGEST_HEADING = 60
_REQUIRED_BONUS = 3
_ENOUGH = 3
_ENOUGH_WITH_REQUIRED = 2


@dataclass(frozen=True)
class Header:
    """A candidate for a head: 0-based first and last row, its headings and its score.

    ``lines`` holds the texts of each column's lines from top to bottom.
    """

    first: int
    last: int
    headings: tuple[Heading, ...]
    missing: tuple[Column, ...]
    score: int
    lines: Lines

    @property
    def rank(self) -> tuple[int, int]:
        """The order of candidates: by score, then the fewer rows the better."""
        return self.score, self.first - self.last

    @property
    def fields(self) -> dict[int, str]:
        """The field of each recognised column."""
        return {heading.column: heading.field for heading in self.headings if heading.field}


def find_header(
    sheet: RawSheet, form: SheetForm, mapping: Mapping[str, str] | None = None
) -> Header | None:
    """Return the head of the form in a sheet, or None if too few headings were found."""
    best = best_header(sheet, form, mapping)
    return best if best is not None and is_convincing(best, form) else None


def is_convincing(header: Header, form: SheetForm) -> bool:
    """Return whether enough headings were found for the row to be a head and not a coincidence."""
    found = len(header.fields)
    required = sum(column.required for column in form.columns) - len(header.missing)
    enough = _ENOUGH_WITH_REQUIRED if required else _ENOUGH
    return found >= min(enough, len(form.columns))


def best_header(
    sheet: RawSheet, form: SheetForm, mapping: Mapping[str, str] | None = None
) -> Header | None:
    """Return the rows that look most like the head of the form, even if only slightly."""
    matcher = Matcher(form, mapping)
    merged = merged_near_top(sheet, _SEARCHED_ROWS + _DEEPEST)
    best: Header | None = None
    for first in range(min(_SEARCHED_ROWS, len(sheet.rows))):
        for depth in range(1, _DEEPEST + 1):
            if first + depth > len(sheet.rows):
                break
            lines = read_lines(sheet, merged, first, first + depth - 1)
            header = _read_header(form, matcher, first, first + depth - 1, lines)
            if header is not None and (best is None or header.rank > best.rank):
                best = header
    return best


def _read_header(
    form: SheetForm, matcher: Matcher, first: int, last: int, lines: Lines
) -> Header | None:
    matches: list[Match] = []
    for column, texts in lines.items():
        if sum(map(len, texts)) <= _LONGEST_HEADING:
            matches.extend(matcher.matches(column, texts))
    if not matches:
        return None
    required = frozenset(column.field for column in form.columns if column.required)
    chosen = assign(matches, required)
    fields = {match.field for match in chosen.values()}
    score = sum(match.weight for match in chosen.values())
    score += _REQUIRED_BONUS * len(fields & required)
    headings = tuple(
        _heading(column, texts, chosen.get(column)) for column, texts in sorted(lines.items())
    )
    missing = tuple(c for c in form.columns if c.required and c.field not in fields)
    return Header(first, last, headings, missing, score, lines)


def _heading(column: int, texts: tuple[str, ...], match: Match | None) -> Heading:
    text = "/".join(texts)
    return Heading(column, text, heading_key(text), match.field if match else None)
