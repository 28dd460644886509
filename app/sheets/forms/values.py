"""How are dates, contacts and rows written on a form?"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

from app.sheets.composing.layout import Choices

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_TICKED, _EMPTY = "☑", "☐"


def table_date(day: date | None) -> str:
    """Return a date for a table, as in 附件4（二）: 2021-04-24, or ''."""
    return "" if day is None else day.isoformat()


def written_date(day: date | None) -> str:
    """Return a date for a signature: 2021 年 4 月 24 日, or a blank to fill in."""
    if day is None:
        return "      年    月    日"
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def filled_date(day: date | None) -> str:
    """Return a date for a caption: 2021年4月24日, or ''."""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


def period(first: date | None, last: date | None) -> str:
    """Return one date, or a period such as 2021年4月24日至2021年4月25日."""
    if first is None or last is None or first == last:
        return filled_date(first or last)
    return f"{filled_date(first)}至{filled_date(last)}"


def contact(name: str, phone: str) -> str:
    """Return a person and a telephone number for one cell."""
    return f"{name} {phone}".strip()


def boxes(choices: Choices, chosen: Iterable[str]) -> str:
    """Return the form's choices in order, ☑ before the chosen and ☐ before the others.

    Raises ValueError if a chosen one is not on the form.
    """
    ticked = tuple(chosen)
    strangers = [choice for choice in ticked if choice not in choices.wording]
    if strangers:
        raise ValueError(f"not among the form's {choices.name}: {'、'.join(strangers)}")
    marked = [(_TICKED if one in ticked else _EMPTY) + one for one in choices.wording]
    starts = range(0, len(marked), choices.per_line)
    # Pad the choices, so that boxes on several lines are aligned.
    widest = max(map(len, marked)) if len(starts) > 1 else 0
    lines = (marked[start : start + choices.per_line] for start in starts)
    return "\n".join(
        "  ".join(one.ljust(widest, "\u3000") for one in line).rstrip() for line in lines
    )


def row_values(row: "DataclassInstance") -> dict[str, str | int]:
    """Return a row's values by attribute name, dates as in tables; other types are left out."""
    values: dict[str, str | int] = {}
    for field in fields(row):
        value = getattr(row, field.name)
        if isinstance(value, (str, int)):
            values[field.name] = value
        elif value is None or isinstance(value, date):
            values[field.name] = table_date(value)
    return values
