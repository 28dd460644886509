"""What number or structure does a text from outside state? None for what is none, never an error.

Forms, addresses, JSON, cookies and the command line are all read here. Digits are those that a
keyboard has: ``int`` also takes ², ３ and 1_0, and fails on five thousand of them.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

#: What a column for whole numbers holds on both databases, either way from nothing.
LARGEST_INTEGER = 2**31 - 1
#: The largest key that both databases compare without an error.
LARGEST_KEY = LARGEST_INTEGER
#: No column keeps an amount as large, or with so many decimals.
LARGEST_AMOUNT, MOST_PLACES = 10**12, 20

_WHOLE = re.compile(r"[+-]?0*([0-9]{1,10})", re.ASCII)
_AMOUNT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
#: A longer text is no amount that anybody writes.
_LONGEST_AMOUNT = 60


def whole(text: object, low: int = -LARGEST_INTEGER, high: int = LARGEST_INTEGER) -> int | None:
    """The whole number from ``low`` to ``high`` that ``text`` states, in ASCII digits."""
    written = str(text).strip(" ")
    if _WHOLE.fullmatch(written) is None:
        return None
    # Zeros in front may be as many as a form takes, and count nothing.
    sign, digits = written[0] == "-", written.lstrip("+-").lstrip("0") or "0"
    number = -int(digits) if sign else int(digits)
    return number if low <= number <= high else None


def as_key(text: object) -> int | None:
    """The key of a row that ``text`` states, as it is posted or typed."""
    written = str(text).strip()
    return whole(written, 1, LARGEST_KEY) if written.isascii() and written.isdigit() else None


def amount(text: object) -> Decimal | None:
    """The amount that ``text`` states: finite, with no more digits than any column keeps."""
    written = str(text).strip(" ")
    if len(written) > _LONGEST_AMOUNT or _AMOUNT.fullmatch(written) is None:
        return None
    try:
        found = Decimal(written)
    except InvalidOperation:
        return None
    if not found:
        # Zero with a thousand places is zero.
        return Decimal(0)
    exponent = found.as_tuple().exponent
    fits = isinstance(exponent, int) and -exponent <= MOST_PLACES
    return found if fits and abs(found) < LARGEST_AMOUNT else None


def structure(text: str | bytes, **options: Any) -> Any:
    """What a JSON text holds; raises ValueError for anything else, nested too deeply included."""
    try:
        return json.loads(text, **options)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
