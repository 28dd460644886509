"""May this item be printed at this position of a certificate?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule

#: The paper size until another is configured: A4 landscape, width and height in millimetres.
USUAL_PAGE = (297, 210)

PLACE_RANGE = Rule(
    "place_range",
    "证书打印位置的尺寸和字号在可打印的范围内，不超出纸张",
    "range_problems",
    basis=CENTRE,
    number="0-31",
)
PLACE_TEXT_MISSING = Rule(
    "place_text_missing", "打印固定文字的，写明文字", "text_problems", basis=CENTRE, number="0-32"
)
PLACE_PAGE_TWICE = Rule(
    "place_page_twice",
    "证书的纸张与整体偏移只登记一条",
    "page_problems",
    basis=CENTRE,
    number="0-33",
)

Length = int | Decimal

#: A layout number: field, label, minimum and maximum.
Measure = tuple[str, str, int, int]


def range_problems(measures: Iterable[tuple[Measure, Length]]) -> list[Problem]:
    """Object to each number that is out of its range."""
    return [
        PLACE_RANGE.broken(f"“{label}”应在{least}至{most}之间，请核对", field=name)
        for (name, label, least, most), number in measures
        if not least <= number <= most
    ]


def edge_problems(right: Length, bottom: Length, page: tuple[Length, Length]) -> list[Problem]:
    """Object to an item whose right or bottom edge is off the paper; all in millimetres."""
    return [
        PLACE_RANGE.broken(f"超出纸张：纸{word} {size} 毫米，这一项到 {end} 毫米", field=name)
        for end, size, word, name in (
            (right, page[0], "宽", "width"),
            (bottom, page[1], "高", "height"),
        )
        if end > size
    ]


def text_problems(text: str) -> list[Problem]:
    """Object to a fixed text that is empty."""
    if text:
        return []
    message = "打印内容是固定文字的，请填写“文字”"
    return [PLACE_TEXT_MISSING.broken(message, field="text")]


def page_problems(others: int) -> list[Problem]:
    """Object to a second paper size; ``others`` counts the existing ones."""
    if not others:
        return []
    message = "“纸张与整体偏移”已登记了一条，请修改那一条"
    return [PLACE_PAGE_TWICE.broken(message, field="key")]
