"""Which number or structure does a text from outside contain, if any?

Forms, addresses, JSON, cookies and the command line are all read here, and no text makes these
functions fail. Only ASCII digits count: ``int`` would also accept ², ３ and 1_0, and fails on five
thousand digits.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

#: The largest number that an integer column of both databases holds.
LARGEST_INTEGER = 2**31 - 1
#: The largest key that both databases compare without an error.
LARGEST_KEY = LARGEST_INTEGER
#: Amounts are below this, and have at most so many decimal places, in every column.
LARGEST_AMOUNT, MOST_PLACES = 10**12, 20

_WHOLE = re.compile(r"[+-]?0*([0-9]{1,10})", re.ASCII)
_AMOUNT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
#: The most characters of an amount; nobody types a longer one.
_LONGEST_AMOUNT = 60


def whole(text: object, low: int = -LARGEST_INTEGER, high: int = LARGEST_INTEGER) -> int | None:
    """Return the integer in ``text`` if it is between ``low`` and ``high``, else None."""
    written = str(text).strip(" ")
    if _WHOLE.fullmatch(written) is None:
        return None
    # Any number of leading zeros is allowed; int() gets no more than ten digits.
    sign, digits = written[0] == "-", written.lstrip("+-").lstrip("0") or "0"
    number = -int(digits) if sign else int(digits)
    return number if low <= number <= high else None


def as_key(text: object) -> int | None:
    """Return the row key in ``text``, or None."""
    written = str(text).strip()
    return whole(written, 1, LARGEST_KEY) if written.isascii() and written.isdigit() else None


def amount(text: object) -> Decimal | None:
    """Return the finite amount in ``text``, or None if no column could hold it."""
    written = str(text).strip(" ")
    if len(written) > _LONGEST_AMOUNT or _AMOUNT.fullmatch(written) is None:
        return None
    try:
        found = Decimal(written)
    except InvalidOperation:
        return None
    if not found:
        # Otherwise 0 with a thousand decimal places would be refused below.
        return Decimal(0)
    exponent = found.as_tuple().exponent
    fits = isinstance(exponent, int) and -exponent <= MOST_PLACES
    return found if fits and abs(found) < LARGEST_AMOUNT else None


def structure(text: str | bytes, **options: Any) -> Any:
    """Parse a JSON text; raises ValueError also if it is nested too deeply."""
    try:
        return json.loads(text, **options)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
