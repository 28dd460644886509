"""Which files does a journey bring along?"""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

_FOLDER = Path(__file__).parents[1] / "workbooks"

TIDY = _FOLDER / "roster-tidy.xlsx"
MESSY = _FOLDER / "roster-messy.xlsx"
ARRANGEMENT = _FOLDER / "exam-arrangement-tidy.xlsx"
SCORES = _FOLDER / "scores-tidy.xlsx"


def expected_passes() -> int:
    """Who passed, read from the sheet itself: every paper that applies at 60 or more."""
    passed = 0
    for row in load_workbook(SCORES).worksheets[0].iter_rows(min_row=2, values_only=True):
        marks = list(row[5:8]) if str(row[4])[:2] in ("一级", "二级") else list(row[5:7])
        passed += all(isinstance(mark, int | float) and mark >= 60 for mark in marks)
    return passed
