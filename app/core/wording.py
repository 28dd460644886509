"""When do two spellings of a cell mean the same?"""

from __future__ import annotations

import unicodedata
from datetime import date


def fold(text: str | None) -> str:
    """Normalise a text for comparison: narrow characters, without blanks and invisible ones.

    Never store the result: it replaces some rare characters of names.
    """
    narrow = unicodedata.normalize("NFKC", text or "")
    return "".join(c for c in narrow if not c.isspace() and unicodedata.category(c) != "Cf")


def shown_day(day: date) -> str:
    """Return the date as staff write it, e.g. 2021年4月24日."""
    return f"{day.year}年{day.month}月{day.day}日"
