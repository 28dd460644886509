"""How are composed sheets written as a PDF that looks like the printed workbook?"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst

from app.sheets.composing.fonts import font_room
from app.sheets.composing.grid import ILLEGAL, Cell, Line, Picture, Run, Sheet
from app.sheets.composing.measure import breakable
from app.sheets.composing.paginate import leaves, page_breaks
from app.sheets.composing.pdf_pages import PAGES_AT_A_TIME, Progress, bound, silent

#: All pages of a sheet.
_ALL = range(1, sys.maxsize)
_TEMPLATE = Path(__file__).with_name("paper.typ")
_AIR, _NEAR_A_LINE, _INDENT = 0.7, 1.6, 3.2
_SUFFIXES = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg"}


def print_pdf(sheets: Iterable[Sheet], issued: date, progress: Progress = silent) -> bytes:
    """Return a PDF of all pages of these sheets; equal sheets give equal bytes.

    ``progress(done, total)`` is called every few pages.
    Texts are passed as data, never as source, so that nothing in them is read as markup. Raises
    AppError if the server has no Chinese font.
    """
    made = [*sheets]
    portions = [*_portions(made)]

    def parts() -> Iterator[bytes]:
        for number, (few, only) in enumerate(portions, start=1):
            yield _compiled(few, issued, "pdf", only=only)
            progress(number, len(portions))

    return bound(parts(), made[0].title)


def _portions(sheets: Sequence[Sheet]) -> Iterator[tuple[Sequence[Sheet], range]]:
    """Yield (sheets, page range), a few pages at a time: small sheets together, long ones split."""
    few: list[Sheet] = []
    taken = 0
    for sheet in sheets:
        pages = len(page_breaks(sheet)) + 1
        if few and taken + pages > PAGES_AT_A_TIME:
            yield few, _ALL
            few, taken = [], 0
        # Such a sheet is drawn in ranges of its own, so that its pages are never all in memory.
        if pages > PAGES_AT_A_TIME:
            for first in range(1, pages + 1, PAGES_AT_A_TIME):
                yield [sheet], range(first, first + PAGES_AT_A_TIME)
            continue
        few.append(sheet)
        taken += pages
    if few:
        yield few, _ALL


def count_pages(sheets: Iterable[Sheet]) -> int:
    """Return the number of pages of the sheets, without drawing them."""
    return sum(len(page_breaks(sheet)) + 1 for sheet in sheets)


def print_page(sheets: Iterable[Sheet], issued: date, number: int, ppi: int = 100) -> bytes:
    """Return a PNG of one page (from 1), drawing only that. Raises IndexError if there is none."""
    left = number
    for sheet in sheets:
        pages = len(page_breaks(sheet)) + 1
        if 0 < left <= pages:
            return _compiled([sheet], issued, "png", ppi, only=range(left, left + 1))
        left -= pages
    raise IndexError(number)


def _compiled(
    sheets: Sequence[Sheet],
    issued: date,
    kind: Literal["pdf", "png"],
    ppi: int = 100,
    only: range = _ALL,
) -> bytes:
    room = font_room()
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copyfile(_TEMPLATE, root / _TEMPLATE.name)
        pictures = _Pictures(root)
        title = sheets[0].title if sheets else ""
        data = {
            "title": title,
            "fonts": room.chains,
            "sheets": [_sheet(one, pictures, only) for one in sheets],
        }
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return typst.compile(
            root / _TEMPLATE.name,
            root=root,
            font_paths=room.fonts,
            format=kind,
            ppi=float(ppi),
            # The day of issue, not the clock: printed twice, a form must give the same bytes.
            timestamp=datetime(issued.year, issued.month, issued.day, tzinfo=UTC),
            pdf_tags=False,
        )


@dataclass
class _Pictures:
    """Writes image files next to the data, each once."""

    root: Path
    count: int = 0

    def file(self, picture: Picture) -> str:
        self.count += 1
        suffix = next(
            (end for start, end in _SUFFIXES.items() if picture.data.startswith(start)), ".png"
        )
        name = f"picture-{self.count}{suffix}"
        (self.root / name).write_bytes(picture.data)
        return name


def _sheet(sheet: Sheet, pictures: _Pictures, only: range) -> dict[str, Any]:
    page, scale = sheet.page, _scale(sheet)
    numbered = list(enumerate(leaves(sheet), start=1))
    return {
        "setup": {
            "landscape": page.landscape,
            "left": page.left,
            "right": page.right,
            "top": page.top,
            "bottom": page.bottom,
            "numbered": page.numbered,
            "widths": [width * scale for width in sheet.widths],
            "total": len(numbered),
        },
        "leaves": [
            {"number": number, **_leaf(lines, sheet, pictures)}
            for number, lines in numbered
            if number in only
        ],
    }


def _scale(sheet: Sheet) -> float:
    """Return the scale factor: to the page's width, and for a single page to its height too."""
    if not sheet.page.single:
        return sheet.scale
    return min(sheet.scale, sheet.page.height_pt / sheet.height)


def _leaf(lines: Sequence[Line], sheet: Sheet, pictures: _Pictures) -> dict[str, Any]:
    return {
        "heights": [line.height * _scale(sheet) for line in lines],
        "cells": [
            _cell(cell, row, len(lines), sheet, pictures)
            for row, line in enumerate(lines)
            for cell in line.cells
        ],
    }


def _cell(cell: Cell, row: int, rows: int, sheet: Sheet, pictures: _Pictures) -> dict[str, Any]:
    picture, scale = cell.picture, _scale(sheet)
    left, right = _insets(cell)
    return {
        "x": cell.column,
        "y": row,
        "w": cell.columns,
        "h": min(cell.lines, rows - row),
        "align": cell.align,
        "valign": cell.valign,
        "sides": cell.sides,
        "left": left,
        "right": right,
        **_letter(cell, scale),
        "font": cell.font.name,
        "size": cell.font.size * scale,
        "bold": cell.font.bold,
        "runs": _runs(cell, sheet.cell_width(cell)),
        "picture": picture
        and {
            "file": pictures.file(picture),
            "w": picture.width_mm * scale,
            "h": picture.height_mm * scale,
        },
    }


def _insets(cell: Cell) -> tuple[float, float]:
    """Return the left and right insets in millimetres, including the cell's push."""
    air = _NEAR_A_LINE if cell.indent > cell.push else _AIR
    pushed = {cell.align: cell.push * _INDENT}
    return air + pushed.get("left", 0.0), air + pushed.get("right", 0.0)


def _letter(cell: Cell, scale: float) -> dict[str, Any]:
    """Return attributes of letter cells only; the many other cells draw faster without them."""
    if not (cell.pitch or cell.double_line or cell.font.colour):
        return {"letter": False}
    pitch = cell.pitch * scale
    return {"letter": True, "pitch": pitch, "rule": cell.double_line, "colour": cell.font.colour}


def _runs(cell: Cell, width: float) -> list[dict[str, Any]]:
    if isinstance(cell.content, int):
        return [{"t": str(cell.content), "u": False, "blank": 0}]
    size = cell.font.size
    return [
        {
            "t": breakable(run.text.translate(ILLEGAL), width, size),
            "u": run.underlined,
            "blank": _blank(run),
        }
        for run in cell.content
    ]


def _blank(run: Run) -> int:
    """Return the number of full-width places left blank to fill in; 0 if there is text."""
    return len(run.text) if run.underlined and not run.text.strip() else 0
