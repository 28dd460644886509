"""Do the official tables that were taken from a batch's page agree with each other?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.journeys.concluding import NUMBER

Rows = list[list[Any]]


def rows_of(path: Path) -> Rows:
    """The filled cells of every row of every sheet."""
    return [
        [cell for cell in row if cell is not None]
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows(values_only=True)
    ]


def check(taken: dict[str, Path], candidates: int, passed: int) -> None:
    """The same people, and for each pass one number, in all five."""
    assert len(taken) == 5
    tables = {name: rows_of(path) for name, path in taken.items()}
    roster, arrangement, summary, results = (
        _table(tables, word) for word in ("名册", "考务安排", "（一）", "（二）")
    )
    assert sum(isinstance(row[0], int) for row in roster if row) == candidates
    assert "合计" in _text(arrangement)
    assert str(candidates) in _text(arrangement)
    counts = [row for row in summary if len(row) >= 5 and isinstance(row[3], int)]
    assert sum(row[3] for row in counts) == candidates
    assert sum(row[4] for row in counts) == passed
    numbers = set(NUMBER.findall(_text(results)))
    assert len(numbers) == passed
    assert set(NUMBER.findall(_text(summary))) <= numbers
    assert f"{candidates}" in _text(_table(tables, "申报表"))


def _table(tables: dict[str, Rows], word: str) -> Rows:
    return next(rows for name, rows in tables.items() if word in name)


def _text(rows: Rows) -> str:
    return "\n".join(str(cell) for row in rows for cell in row)
