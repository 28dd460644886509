"""How are desk labels arranged on a page for cutting out?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.sheets.composing.grid import Cell, Line, Run, Sheet
from app.sheets.composing.layout import Font, Page
from app.sheets.composing.measure import fitted
from app.sheets.forms.plain_documents import DeskLabel

TITLE = "座位标签"
ACROSS = 2
_PAGE = Page(landscape=False, left=10, right=10, top=12, bottom=12, numbered=False)
_WIDTHS = (92.0, 6.0, 92.0)
_GAP = 12.0
_HEIGHTS = (27.0, 42.0, 21.0, 21.0, 21.0)
_SEAT, _NAME, _TEXT = Font("黑体", 16, bold=True), Font("黑体", 26, bold=True), Font("宋体", 11)


def label_sheet(labels: Sequence[DeskLabel]) -> Sheet:
    """Return labels two side by side in boxes; no label is split between pages."""
    lines: list[Line] = []
    for start in range(0, len(labels), ACROSS):
        lines += _pair(labels[start : start + ACROSS])
    return fitted(Sheet(TITLE, TITLE, _PAGE, _WIDTHS, tuple(lines or [Line((), _GAP)])))


def _pair(labels: Sequence[DeskLabel]) -> Iterator[Line]:
    parts = [_parts(label) for label in labels]
    for row, height in enumerate(_HEIGHTS):
        cells = tuple(
            _cell(
                place * 2,
                *part[row],
                sides="LR" + ("T" if row == 0 else "B" if row == len(_HEIGHTS) - 1 else ""),
            )
            for place, part in enumerate(parts)
        )
        yield Line(cells, height, keep=True)
    yield Line((), _GAP)


def _parts(label: DeskLabel) -> tuple[tuple[str, Font], ...]:
    return (
        (f"座位号 {label.seat}", _SEAT),
        (label.name, _NAME),
        (label.id_number, _TEXT),
        (label.subject, _TEXT),
        (f"{label.held}\u3000{label.place}".strip(), _TEXT),
    )


def _cell(column: int, text: str, font: Font, *, sides: str) -> Cell:
    return Cell(column, 1, 1, (Run(text),) if text else (), font, "center", "vcenter", sides)
