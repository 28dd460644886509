"""What does one cell contain: its folded text, its typed value, or what problem?"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time

from app.core.refusals.cells import (
    BAD_DATE,
    BAD_MOMENT,
    BAD_NAMES,
    BAD_TIME_RANGE,
    CELL_ERROR,
    DIGITS_LOST_IN_CELL,
    FORMULA,
    FORMULA_UNCOMPUTED,
    NOT_A_NAME,
    NOT_A_NUMBER_STRING,
    NOT_INTEGER,
    NOT_NUMBER,
)
from app.core.refusals.refusal import Refusal
from app.core.sheets.reading.fold import fold_name, fold_number, fold_text, heading_key, match_key
from app.core.sheets.reading.moment import parse_date, parse_moment, parse_time_range
from app.core.sheets.reading.names import split_names
from app.core.sheets.reading.table import EMPTY, Broken, Cell, Column, Kind, TimeRange

__all__ = [
    "coerce",
    "fold_name",
    "fold_number",
    "fold_text",
    "heading_key",
    "match_key",
    "parse_date",
    "parse_integer",
    "parse_number",
    "parse_time_range",
    "split_names",
    "text_of",
]

# Excel stores 15 digits of a number; further digits are lost.
_EXACT = 10**15
_DECIMALS = 6  # enough for computed averages, and few enough to hide binary noise
_SHOWN = 30  # characters of a cell quoted in a message

_FORMULA = re.compile(r"[=+@]|-(?=[^\d\s.\-])")
_SUSPICIOUS = "=+@-"
_TELEPHONE = re.compile(r"\+\d[\d\s()-]*")
_SIGNED_NUMBER = re.compile(r"\+\d+(?:\.\d+)?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d+")
_WHOLE_AS_DECIMAL = re.compile(r"(\d{1,15})\.0+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_INTEGER = re.compile(r"[约满]?([+-]?\d{1,15})(?:\.0+)?(?:周?年.*|周?岁|人|名|个|次)?")
_MONTHS_ONLY = re.compile(r"[约满]?\d+个?月")
_NUMBER = re.compile(r"([+-]?(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15}))[分年岁元]?")

_WORDS: frozenset[Kind] = frozenset({"text", "name", "long_number", "person_names"})


class _Unreadable(Exception):
    """A cell cannot be read; carries the refusal and the quoted text."""

    def __init__(self, refusal: Refusal, text: str = "") -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.text = _quote(text)


def coerce(raw: object, column: Column, row: int, *, formula: bool = False) -> Cell:
    """Read one cell by the kind of its column; ``row`` is the row number in the spreadsheet.

    ``formula`` says that the value was computed in the sheet: texts are not accepted from
    formulas, numbers and dates are. An empty cell has neither value nor problem.
    """
    if raw == "":
        return EMPTY
    text = fold_text(raw) if isinstance(raw, str) else text_of(raw)
    try:
        if formula or text[:1] in _SUSPICIOUS or isinstance(raw, Broken):
            _refuse_formula(raw, text, column.kind, formula=formula)
        if not text:
            return EMPTY
        value = _READERS[column.kind](raw, text)
    except _Unreadable as unreadable:
        problem = unreadable.refusal.of(
            field=column.field, row=row, label=column.heading, text=unreadable.text
        )
        return Cell(raw, text, None, problem)
    return Cell(raw, value if isinstance(value, str) else text, value)


def text_of(raw: object) -> str:
    """Return what a person sees in the cell, folded: 12.0 as 12, a date as 2021-04-24."""
    if isinstance(raw, str):
        return fold_text(raw)
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        # As Excel shows it: 15 digits, so that 0.1 + 0.2 reads as 0.3.
        return f"{raw:.15g}".upper()
    if isinstance(raw, datetime):
        return raw.isoformat(" ", "minutes") if raw.time() != time() else raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, time):
        return raw.isoformat("minutes")
    return str(raw.value) if isinstance(raw, Broken) else str(raw)


def _refuse_formula(raw: object, text: str, kind: Kind, *, formula: bool) -> None:
    if isinstance(raw, Broken):
        # The cell shows #N/A or the like; a formula without a result shows nothing.
        if raw is Broken.ERROR:
            raise _Unreadable(CELL_ERROR)
        raise _Unreadable(FORMULA if kind in _WORDS else FORMULA_UNCOMPUTED)
    if formula and kind in _WORDS:
        raise _Unreadable(FORMULA)
    if isinstance(raw, str) and _FORMULA.match(text) and not _harmless(text, kind):
        raise _Unreadable(FORMULA)


def _harmless(text: str, kind: Kind) -> bool:
    """Return whether a leading plus belongs to a telephone number or a signed number."""
    if kind == "long_number":
        return _TELEPHONE.fullmatch(text) is not None
    return kind in {"number", "integer"} and _SIGNED_NUMBER.fullmatch(text) is not None


def parse_integer(text: str) -> int | None:
    """Return the integer in a folded text (12, 12年, 12年6个月, 1,200), or None."""
    plain = _THOUSANDS.sub("", text.replace(" ", ""))
    if _MONTHS_ONLY.fullmatch(plain):
        return 0
    found = _INTEGER.fullmatch(plain)
    return int(found.group(1)) if found else None


def parse_number(text: str) -> float | None:
    """Return the number in a folded text (85, 85.5, 85分), or None."""
    found = _NUMBER.fullmatch(_THOUSANDS.sub("", text.replace(" ", "")))
    return float(found.group(1)) if found else None


def _read_text(raw: object, text: str) -> str:
    if isinstance(raw, (int, float)) and abs(raw) >= _EXACT:
        raise _Unreadable(DIGITS_LOST_IN_CELL)
    return text


def _read_name(raw: object, text: str) -> str:
    if isinstance(raw, bool):
        raise _Unreadable(NOT_A_NAME, text)
    return fold_name(_read_text(raw, text))


def _read_long_number(raw: object, text: str) -> str:
    number = fold_number(_read_text(raw, text))
    if _SCIENTIFIC.fullmatch(number):
        raise _Unreadable(DIGITS_LOST_IN_CELL)
    if isinstance(raw, str):
        whole = _WHOLE_AS_DECIMAL.fullmatch(number)
        # A number that was text in Excel may come back as 13800000000.0.
        return whole.group(1) if whole else number
    stored = _stored_number(raw)
    if stored is None or stored != int(stored):
        raise _Unreadable(NOT_A_NUMBER_STRING, text)
    return number


def _read_number(raw: object, text: str) -> float:
    number = parse_number(text) if isinstance(raw, str) else _stored_number(raw)
    if number is None:
        raise _Unreadable(NOT_NUMBER, text)
    return round(number, _DECIMALS)


def _read_integer(raw: object, text: str) -> int:
    number = parse_integer(text) if isinstance(raw, str) else _stored_number(raw)
    if number is None or number != int(number):
        raise _Unreadable(NOT_INTEGER, text)
    return int(number)


def _stored_number(raw: object) -> float | None:
    """Return the number stored in the sheet; None for dates and booleans."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return None
    return raw if math.isfinite(raw) else None


def _read_date(raw: object, text: str) -> date:
    day = parse_date(raw)
    if day is None:
        raise _Unreadable(BAD_DATE, text)
    return day


def _read_moment(raw: object, text: str) -> datetime:
    moment = parse_moment(raw)
    if moment is None:
        raise _Unreadable(BAD_MOMENT, text)
    return moment


def _read_time_range(raw: object, text: str) -> TimeRange:
    span = parse_time_range(text) if isinstance(raw, str) else None
    if span is None:
        raise _Unreadable(BAD_TIME_RANGE, text)
    return span


def _read_person_names(raw: object, text: str) -> tuple[str, ...]:
    names = split_names(raw) if isinstance(raw, str) else ()
    if not names:
        raise _Unreadable(BAD_NAMES, text)
    return names


def _quote(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


_READERS: dict[Kind, Callable[[object, str], object]] = {
    "text": _read_text,
    "name": _read_name,
    "long_number": _read_long_number,
    "number": _read_number,
    "integer": _read_integer,
    "date": _read_date,
    "moment": _read_moment,
    "datetime_range": _read_time_range,
    "person_names": _read_person_names,
}
