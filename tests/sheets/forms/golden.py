"""What does every form look like as a workbook, in few enough words to be compared?

``python -m tests.sheets.forms.golden`` writes the files in ``golden/`` anew, after a change of the
look that is meant; read the difference before it is committed.
"""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets.forms.samples import SAMPLES, written

FOLDER = Path(__file__).with_name("golden")
CASES = [(0, False), (1, False), (1, True), (25, False), (25, True), (120, False)]
_SHOWN = 24


def look_of(kind: str, number: int, *, long: bool) -> dict[str, Any]:
    """The first sheet as it prints, and one digest of all others."""
    book = load_workbook(BytesIO(written(kind, number, long=long)), rich_text=True)
    first, *others = [_sheet(page) for page in book.worksheets]
    return first | {"others": len(others), "of others": _digest(others)}


def looks_of(kind: str) -> dict[str, Any]:
    """Every case of a form; a page for each person is looked at for 25 at most."""
    most = 25 if kind in ("application", "result-notice") else 120
    return {
        f"{number} {'long' if long else 'usual'}": look_of(kind, number, long=long)
        for number, long in CASES
        if number <= most
    }


def _sheet(page: Worksheet) -> dict[str, Any]:
    setup, margins = page.page_setup, page.page_margins
    cells = [cell for row in page.iter_rows() for cell in row]
    return {
        "name": page.title,
        "paper": [setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight],
        "margins": [
            round(getattr(margins, side), 3) for side in ("left", "right", "top", "bottom")
        ],
        "area": page.print_area,
        "titles": page.print_title_rows,
        "footer": page.oddFooter.center.text,
        "breaks": _short([one.id for one in page.row_breaks.brk]),
        "widths": [
            f"{one.min}-{one.max} {one.width:.2f}" for one in page.column_dimensions.values()
        ],
        "heights": _short([page.row_dimensions[row + 1].height for row in range(page.max_row)]),
        "merges": _short(sorted(area.coord for area in page.merged_cells.ranges)),
        "cells": _short([f"{cell.coordinate} {cell.value}" for cell in cells if cell.value]),
        "fonts": _digest([[cell.coordinate, cell.font.name, cell.font.sz] for cell in cells]),
        "sides": _digest(
            [[cell.coordinate, *_sides(cell), cell.alignment.horizontal] for cell in cells]
        ),
    }


def _sides(cell: Any) -> list[str | None]:
    border = cell.border
    return [one.style for one in (border.left, border.right, border.top, border.bottom)]


def _short(values: list[Any]) -> list[Any]:
    """The first values, and how many follow with which digest."""
    if len(values) <= _SHOWN:
        return values
    return [*values[: _SHOWN // 2], f"… {len(values)} {_digest(values)}"]


def _digest(values: list[Any]) -> str:
    text_of = json.dumps(values, ensure_ascii=False, default=str)
    return hashlib.sha256(text_of.encode()).hexdigest()[:12]


def text_of(looks: dict[str, Any]) -> str:
    """As it stands in a golden file: one case and part to a line."""
    cases = (
        f"{json.dumps(case)}: {{\n"
        + ",\n".join(
            f"  {json.dumps(key)}: {json.dumps(part, ensure_ascii=False)}"
            for key, part in look.items()
        )
        + "\n}"
        for case, look in looks.items()
    )
    return "{\n" + ",\n".join(cases) + "\n}\n"


def main() -> None:
    """Write every golden file."""
    FOLDER.mkdir(exist_ok=True)
    for kind in SAMPLES:
        (FOLDER / f"{kind}.json").write_text(text_of(looks_of(kind)), encoding="utf-8")


if __name__ == "__main__":
    main()
