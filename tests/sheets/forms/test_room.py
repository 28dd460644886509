"""Does every text have its room on paper, and every page something to read?"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from app.sheets.composing.grid import Sheet
from app.sheets.composing.measure import MAX_ROW_HEIGHT, needed_height
from app.sheets.composing.paginate import page_breaks
from tests.sheets.forms.samples import SAMPLES, sample

CASES = [(1, False), (1, True), (25, True), (120, True)]
TABLES = [kind for kind in SAMPLES if sample(kind, 1, long=False).sheets[0].rows]


def sheets(kind: str) -> Iterator[Sheet]:
    for number, long in CASES:
        if number < 100 or kind not in ("application", "result-notice"):
            yield from sample(kind, number, long=long).sheets


def pages(sheet: Sheet) -> Iterator[range]:
    starts = (0, *page_breaks(sheet), len(sheet.lines))
    yield from (range(*ends) for ends in itertools.pairwise(starts))


@pytest.mark.parametrize("kind", SAMPLES)
def test_no_cell_is_lower_than_what_it_says(kind: str) -> None:
    for sheet in sheets(kind):
        for index, line in enumerate(sheet.lines):
            assert line.height <= MAX_ROW_HEIGHT
            for cell in line.cells:
                covered = sheet.lines[index : index + cell.lines]
                room = sum(one.height for one in covered)
                assert needed_height(sheet, cell) <= room + 0.001, cell.text


@pytest.mark.parametrize("kind", SAMPLES)
def test_no_page_holds_more_than_its_paper_does(kind: str) -> None:
    for sheet in sheets(kind):
        for page in pages(sheet):
            repeated = sheet.heading if sheet.heading and page.start else range(0)
            height = sum(sheet.lines[index].height for index in (*repeated, *page))
            assert height * sheet.scale <= sheet.page.height_pt


@pytest.mark.parametrize("kind", TABLES)
def test_every_page_of_a_table_has_a_row(kind: str) -> None:
    for sheet in sheets(kind):
        for page in pages(sheet):
            assert set(page) & set(sheet.rows)
