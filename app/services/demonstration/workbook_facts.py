"""What does a workbook say before its batch exists: exam days, people, employer?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from app.core.errors import BadSheet
from app.core.importing.forms import form_of, other_forms
from app.core.sheets.reading.reader import read
from app.core.sheets.reading.table import Reading


@dataclass(frozen=True)
class Named:
    """The people named in an arrangement: assessors with their occupations, supervisors."""

    assessors: dict[str, frozenset[str]]
    supervisors: tuple[str, ...]


def _read(kind: str, data: bytes, filename: str) -> Reading:
    return read(data, filename, form_of(kind), others=other_forms(kind))


def exam_days(data: bytes, filename: str) -> tuple[date, ...]:
    """Return the exam days of an arrangement in order. Raises BadSheet where it has none."""
    rows = _read("arrangement", data, filename).rows
    days = {day for row in rows if isinstance(day := row.value("exam_date"), date)}
    if not days:
        message = f"“{filename}”里没有可用的认定日期，请在“认定日期”列填写日期"
        raise BadSheet(message)
    return tuple(sorted(days))


def people_named(data: bytes, filename: str) -> Named:
    """Return the assessors and supervisors named in the exam arrangement."""
    assessors: dict[str, set[str]] = {}
    supervisors: dict[str, None] = {}
    for row in _read("arrangement", data, filename).rows:
        for name in _names(row.value("assessors")):
            assessors.setdefault(name, set()).add(row.text("occupation"))
        supervisors.update(dict.fromkeys(_names(row.value("supervisors"))))
    found = {name: frozenset(jobs) for name, jobs in assessors.items()}
    return Named(found, tuple(supervisors))


def _names(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def check_readable(kind: str, data: bytes, filename: str) -> None:
    """Raise BadSheet unless the file can be read as a sheet of this ``kind``."""
    _read(kind, data, filename)


def usual_employer(data: bytes, filename: str) -> str:
    """Return the most frequent employer in a roster; empty where no row names one."""
    rows = _read("roster", data, filename).rows
    counted = Counter(text for row in rows if (text := row.text("employer")))
    return counted.most_common(1)[0][0] if counted else ""
