"""How is a year of holidays and worked weekends imported from a sheet and registered?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import extract, select

from app.core.bulk import row_changes
from app.core.bulk.row_edit import RowEdit
from app.core.errors import BadSheet, NotPermitted, Problem, RulesBroken
from app.core.records import editable
from app.core.refusals.records import REQUIRED
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.sheets.reading.reader import read
from app.core.sheets.reading.table import Column, Row, SheetForm
from app.core.sheets.writing.blank import BlankColumn, write_blank
from app.core.transaction import transaction
from app.models import CalendarYear, WorkdayOverride
from app.rules.reference.calendar_year import DayRow, balance_problems, day_problems
from app.rules.workdays import PUBLISHED_YEARS

Status = Literal["new", "changed", "unchanged", "refused"]

LARGEST = 200_000
FORM = SheetForm(
    "工作日历表",
    (
        Column("year", "年度", ("年份", "年"), kind="integer"),
        Column("day", "日期", ("年月日",), required=True, kind="date"),
        Column("working", "上班或放假", ("类型", "安排", "上班/放假"), required=True),
        Column("note", "说明", ("备注", "节日", "名称")),
    ),
    ("工作日历", "节假日"),
)


@dataclass(frozen=True)
class DayLine:
    """One line of the sheet, its status and its problems."""

    row: DayRow
    status: Status
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class CalendarSheet:
    """A sheet read for one year, with its problems and warnings.

    ``kept`` counts stored days of the year that the sheet does not list; an import leaves them.
    ``published`` says that the State Council's days of the year are built in already.
    """

    year: int
    lines: tuple[DayLine, ...]
    warnings: tuple[Problem, ...]
    kept: int
    published: bool
    registered: bool

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems for which the sheet is refused."""
        return tuple(problem for line in self.lines for problem in line.problems)

    def count(self, status: Status) -> int:
        """Count the lines with that status."""
        return sum(line.status == status for line in self.lines)


def preview(session: AnySession, year: int | None, data: bytes, filename: str) -> CalendarSheet:
    """Return what an import would change, without writing. ``year`` None takes the sheet's own.

    Raises BadSheet if the file cannot be read as such a sheet.
    """
    rows, unread = _rows(data, filename)
    meant = year or _year_of(rows)
    stored = _stored(session, meant)
    wrong: dict[int, list[Problem]] = {}
    for problem in [*unread, *day_problems(rows, meant)]:
        found = wrong.setdefault(problem.row or 0, [])
        # Report an unreadable date once: the reader's problem names the cell's content.
        if problem.field not in {one.field for one in found}:
            found.append(problem)
    return CalendarSheet(
        year=meant,
        lines=tuple(_line(row, wrong.get(row.number, ()), stored) for row in rows),
        warnings=() if wrong else tuple(balance_problems(rows, meant)),
        kept=len(set(stored) - {row.day for row in rows}),
        published=meant in PUBLISHED_YEARS,
        registered=_is_registered(session, meant),
    )


def accept(
    session: AnySession, actor: Actor, year: int | None, source: str, data: bytes, filename: str
) -> CalendarSheet:
    """Write the days of the sheet and register its year as complete, in one transaction.

    ``source`` is the number of the notice. Due dates of batches are recomputed in the same
    transaction. Raises NotPermitted, BadSheet, and RulesBroken with the problems of all lines.
    """
    if not editable.may_add(actor, WorkdayOverride):
        raise NotPermitted("工作日历由省中心和系统管理员维护，您的角色不能导入")
    found = preview(session, year, data, filename)
    if found.problems:
        raise RulesBroken(found.problems, "表里有问题的行改正后再导入，这次什么也没有写入")
    register = not (found.published or found.registered)
    if register and not source.strip():
        message = "请写明依据，如国务院办公厅通知的文号“国办发明电〔2026〕7号”"
        raise RulesBroken([REQUIRED.saying(message, field="source")])
    stored = _stored(session, found.year)
    edits = [_edit(line.row, stored) for line in found.lines if line.status != "unchanged"]
    with transaction(session, actor):
        _put(session, actor, WorkdayOverride, edits)
        if register:
            named = {"year": found.year, "source": source.strip()}
            _put(session, actor, CalendarYear, [RowEdit(None, named)])
    return found


def blank(year: int) -> bytes:
    """Return an empty sheet (.xlsx) for that year, with an example line and notes."""
    columns = (
        BlankColumn("年度", "integer", example=str(year)),
        BlankColumn("日期", "date", required=True, meaning="放假或调休上班的日期"),
        BlankColumn("上班或放假", required=True, choices=("放假", "上班")),
        BlankColumn("说明", meaning="节日名称或缘由", example="国庆节"),
    )
    notes = (
        f"逐日列出{year}年的放假日和周末调休上班日；没有列出的周一至周五为工作日，周末休息。",
        "导入后该年登记为完整，各批次的期限随即重新推算。",
    )
    return write_blank(FORM.name, columns, notes)


def _rows(data: bytes, filename: str) -> tuple[list[DayRow], list[Problem]]:
    if len(data) > LARGEST:
        raise BadSheet("文件太大，一年的工作日历不过几十行，请核对文件", "too_large")
    reading = read(data, filename, FORM)
    if not reading.rows:
        raise BadSheet("表里没有一行日期，请填写放假日和调休上班日后再上传", "no_rows")
    return [_day_row(row) for row in reading.rows], list(reading.problems)


def _day_row(row: Row) -> DayRow:
    year, day = row.value("year"), row.value("day")
    return DayRow(
        row.number,
        year if isinstance(year, int) else None,
        day if isinstance(day, date) else None,
        row.text("working"),
        str(row.value("note") or ""),
    )


def _year_of(rows: Sequence[DayRow]) -> int:
    years = {row.year or (row.day.year if row.day else 0) for row in rows} - {0}
    if len(years) != 1:
        named = "、".join(str(one) for one in sorted(years)) or "没有"
        raise BadSheet(f"表里写的年度是：{named}；请指明导入哪一年，一张表只含一年", "year_unclear")
    return years.pop()


def _stored(session: AnySession, year: int) -> Mapping[date, WorkdayOverride]:
    rows = session.scalars(
        select(WorkdayOverride).where(extract("year", WorkdayOverride.day) == year)
    )
    return {row.day: row for row in rows}


def _is_registered(session: AnySession, year: int) -> bool:
    found = session.scalar(select(CalendarYear.id).where(CalendarYear.year == year))
    return found is not None


def _line(
    row: DayRow, problems: Sequence[Problem], stored: Mapping[date, WorkdayOverride]
) -> DayLine:
    if problems or row.day is None:
        return DayLine(row, "refused", tuple(problems))
    known = stored.get(row.day)
    if known is None:
        return DayLine(row, "new")
    same = known.working == row.working and known.note == row.note
    return DayLine(row, "unchanged" if same else "changed")


def _edit(row: DayRow, stored: Mapping[date, WorkdayOverride]) -> RowEdit:
    known = stored.get(row.day) if row.day is not None else None
    values = {"day": row.day, "working": row.working, "note": row.note}
    key, version = (known.id, known.version) if known is not None else (None, None)
    return RowEdit(key, values, version, row.number)


def _put(session: AnySession, actor: Actor, model: type, edits: Sequence[RowEdit]) -> None:
    if not edits:
        return
    done = row_changes.put(session, actor, model, edits, source="calendar-import")
    refused = [
        problem for one in done.results if one.status == "refused" for problem in one.problems
    ]
    if refused:
        raise RulesBroken(refused)
