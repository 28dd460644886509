"""How is text kept text, whatever a spreadsheet program would like to make of it?"""

from __future__ import annotations

import re
from typing import Any

from app.core.sheets.reading.fold import fold_text

# Switches of the workbook writer: a string stays the string that it is.
AS_WRITTEN: dict[str, Any] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST_TEXT = 32_767  # characters that a cell holds
_CUT = "…（内容过长，已截断）"

_ACTIVE = "=+-@"
_SIGNED_NUMBER = re.compile(r"[+-]?\d{1,11}(?:\.\d+)?")
# What Excel would turn into 1.3E+17, into a number without its zeros, or into a power of ten.
_LOOKS_NUMERIC = re.compile(r"\d{12,}|0\d+|\d+[eE][+-]?\d+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def is_active(text: str) -> bool:
    """Whether a spreadsheet program might take the text for a formula when it is typed."""
    folded = fold_text(text)
    return folded[:1] in _ACTIVE and folded != "" and not _SIGNED_NUMBER.fullmatch(folded)


def cell_text(text: str) -> str:
    """The text as a workbook can hold it: printable, and not longer than a cell."""
    plain = _UNPRINTABLE.sub("", text)
    return plain if len(plain) <= LONGEST_TEXT else plain[: LONGEST_TEXT - len(_CUT)] + _CUT


def csv_text(text: str) -> str:
    """The text as a .csv may carry it: no formula, and no number that loses digits.

    An apostrophe goes before what could be a formula, a tab after a long number; both vanish when
    the file is read here again.
    """
    plain = _UNPRINTABLE.sub("", text)
    if is_active(plain) or plain[:1] in ("\t", "\r"):
        return "'" + plain
    return plain + "\t" if _LOOKS_NUMERIC.fullmatch(plain) else plain
