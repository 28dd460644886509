"""When do two spellings of a cell mean the same?"""

from __future__ import annotations

import unicodedata
from datetime import date


def fold(text: str | None) -> str:
    """The text with full-width characters narrowed and all blanks and invisible characters gone.

    For comparing, never for keeping: it would also replace a rare form of a character in a name.
    """
    narrow = unicodedata.normalize("NFKC", text or "")
    return "".join(c for c in narrow if not c.isspace() and unicodedata.category(c) != "Cf")


def shown_day(day: date) -> str:
    """The day as staff write it, e.g. 2021年4月24日."""
    return f"{day.year}年{day.month}月{day.day}日"
