"""How does text stay text, whatever a spreadsheet program might make of it?"""

from __future__ import annotations

import re
from typing import Any

from app.core.sheets.reading.fold import fold_text

# Options of the workbook writer that keep strings as they are.
AS_WRITTEN: dict[str, Any] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST_TEXT = 32_767  # the most characters in a cell
_CUT = "…（内容过长，已截断）"

_ACTIVE = "=+-@"
_SIGNED_NUMBER = re.compile(r"[+-]?\d{1,11}(?:\.\d+)?")
# Texts that Excel would turn into 1.3E+17, a number without leading zeros or a power of ten.
_LOOKS_NUMERIC = re.compile(r"\d{12,}|0\d+|\d+[eE][+-]?\d+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def is_active(text: str) -> bool:
    """Return whether a spreadsheet program might treat the text as a formula."""
    folded = fold_text(text)
    return folded[:1] in _ACTIVE and folded != "" and not _SIGNED_NUMBER.fullmatch(folded)


def cell_text(text: str) -> str:
    """Return the text as a cell can hold it: printable, and cut to the longest possible."""
    plain = _UNPRINTABLE.sub("", text)
    return plain if len(plain) <= LONGEST_TEXT else plain[: LONGEST_TEXT - len(_CUT)] + _CUT


def csv_text(text: str) -> str:
    """Return the text for a .csv so that it is no formula and no number that loses digits.

    Something like a formula gets an apostrophe in front, a long number a tab behind; both
    disappear when the file is read here again.
    """
    plain = _UNPRINTABLE.sub("", text)
    if is_active(plain) or plain[:1] in ("\t", "\r"):
        return "'" + plain
    return plain + "\t" if _LOOKS_NUMERIC.fullmatch(plain) else plain
