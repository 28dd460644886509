"""Which edition, fonts and headings do the forms annexed to 冀职鉴字〔2021〕7号 share?"""

from datetime import date

from app.sheets.composing.layout import (
    Edition,
    Font,
    Page,
    Slot,
    SlotLine,
)

EDITION = Edition("2021年版", date(2021, 3, 25), "冀职鉴字〔2021〕7号附件")
_LABEL = Font("黑体", 14)
_TITLE = Font("宋体", 20, bold=True)
TEXT = Font("宋体", 10.5)
HEADING = Font("宋体", 9, bold=True)
SMALL = Font("宋体", 9)
WIDE = Page(landscape=True, left=10, right=10, top=14, bottom=14)


def form_head(label: str, title: str, columns: int) -> tuple[SlotLine, ...]:
    """Return the lines above a table: the annex's number, if any, and the title."""
    labelled = Slot(label, columns, align="left", sides="", font=_LABEL)
    lines = (SlotLine((labelled,), 22),) if label else ()
    return (*lines, SlotLine((Slot(title, columns, sides="", font=_TITLE),), 38))


def side_by_side(*slots: tuple[str, int]) -> SlotLine:
    """Return a line of (text, number of columns) captions side by side above a table."""
    return SlotLine(
        tuple(Slot(text, columns, align="left", sides="") for text, columns in slots), 22
    )
