"""Does a year of holidays come in from a sheet, whole or not at all, and move the deadlines?"""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core.errors import BadSheet, NotPermitted, RulesBroken
from app.core.roles import SYSTEM
from app.models import CalendarYear, WorkdayOverride
from app.roles import CITY_ADMIN, PROVINCE_ADMIN
from app.services.reference import calendar_import
from app.services.reference.terms import calendar
from tests.factories import PROVINCE, actor, batch, body, centre

DB = scoped_session[Session]
SOURCE = "国办发明电〔2030〕9号"
HEAD = ("年度", "日期", "上班或放假", "说明")

#: An invented year whose weekends worked pay for the days off beyond eleven.
OFF = (
    "01-01", "01-23", "01-24", "01-27", "01-28", "01-29", "04-04", "05-01", "05-02", "06-24",
    "10-01", "10-02", "10-03",
)  # fmt: skip
WORKED = ("01-18", "10-11")


def sheet(*rows: tuple[Any, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    for row in (HEAD, *rows):
        page.append(row)
    book.save(out)
    return out.getvalue()


def whole(year: int = 2031) -> bytes:
    rows = [(year, date.fromisoformat(f"{year}-{day}"), "放假", "节日") for day in OFF]
    rows += [(year, f"{year}-{day}", "上班", "调休") for day in WORKED]
    return sheet(*rows)


def stored(db: DB) -> int:
    return int(db.scalar(select(func.count()).select_from(WorkdayOverride)) or 0)


def test_a_year_that_the_package_lacks_comes_in_and_is_complete(db: DB) -> None:
    found = calendar_import.accept(db, SYSTEM, 2031, SOURCE, whole(), "2031.xlsx")
    assert (found.count("new"), found.problems, found.warnings) == (15, (), ())
    year = db.scalars(select(CalendarYear)).one()
    assert (year.year, year.source) == (2031, SOURCE)
    days = calendar(db)
    assert not days.is_workday(date(2031, 10, 1))
    assert days.is_workday(date(2031, 10, 11))
    assert days.kind_of(date(2031, 10, 1)) == "节日"
    assert days.is_workday(date(2031, 10, 13))


def test_the_deadlines_of_its_batches_are_reported_at_once(db: DB) -> None:
    made = batch(db, body(db))
    made.exam_date = date(2031, 10, 6)
    db.commit()
    db.refresh(made)
    assert (made.next_due, made.next_due_kind) == (None, "latest_submission")
    calendar_import.accept(db, SYSTEM, 2031, SOURCE, whole(), "2031.xlsx")
    db.refresh(made)
    # From 1 to 3 October nobody works: 24, 25, 26, 29 and 30 September count.
    assert made.next_due == date(2031, 9, 23)


def test_looking_writes_nothing_and_finds_the_year_by_itself(db: DB) -> None:
    found = calendar_import.preview(db, None, whole(), "2031.xlsx")
    assert (found.year, found.count("new"), found.registered) == (2031, 15, False)
    assert stored(db) == 0


def test_the_same_sheet_again_changes_nothing(db: DB) -> None:
    calendar_import.accept(db, SYSTEM, 2031, SOURCE, whole(), "2031.xlsx")
    again = calendar_import.accept(db, SYSTEM, 2031, "", whole(), "2031.xlsx")
    assert (again.count("unchanged"), again.registered) == (15, True)
    assert stored(db) == 15


def test_days_that_the_sheet_does_not_name_stay(db: DB) -> None:
    db.add(WorkdayOverride(day=date(2031, 3, 3), working=False, note="防汛"))
    db.commit()
    found = calendar_import.accept(db, SYSTEM, 2031, SOURCE, whole(), "2031.xlsx")
    assert found.kept == 1
    assert stored(db) == 16


def test_every_wrong_line_is_named_and_nothing_is_written(db: DB) -> None:
    data = sheet(
        (2031, "2031-01-01", "放假", ""),
        (2031, "不知道", "放假", ""),
        (2031, "2031-10-01", "也许", ""),
        (2031, "2032-01-01", "放假", ""),
        (2031, "2031-01-01", "上班", ""),
    )
    with pytest.raises(RulesBroken) as refused:
        calendar_import.accept(db, SYSTEM, 2031, SOURCE, data, "x.xlsx")
    assert sorted({problem.row for problem in refused.value.problems if problem.row}) == [
        2, 3, 4, 5, 6,
    ]  # fmt: skip
    found = calendar_import.preview(db, 2031, data, "x.xlsx")
    assert [line.status for line in found.lines] == ["refused"] * 5
    assert len(found.lines[1].problems) == 1
    assert stored(db) == 0


def test_a_year_that_does_not_add_up_is_doubted_but_taken(db: DB) -> None:
    data = sheet((2031, "2031-10-01", "放假", "国庆节"))
    found = calendar_import.accept(db, SYSTEM, 2031, SOURCE, data, "x.xlsx")
    assert [one.code for one in found.warnings] == ["calendar_unbalanced"]
    assert stored(db) == 1


def test_a_published_year_is_only_adjusted(db: DB) -> None:
    data = sheet((2021, "2021-04-21", "放假", "防汛"))
    found = calendar_import.accept(db, SYSTEM, 2021, "", data, "x.xlsx")
    assert found.published
    assert db.scalars(select(CalendarYear)).all() == []
    assert not calendar(db).is_workday(date(2021, 4, 21))
    assert not calendar(db).is_workday(date(2021, 5, 3))


def test_a_new_year_wants_the_number_of_its_notice(db: DB) -> None:
    with pytest.raises(RulesBroken, match="文号"):
        calendar_import.accept(db, SYSTEM, 2031, " ", whole(), "x.xlsx")
    assert stored(db) == 0


def test_only_those_who_keep_the_calendar_bring_it_in(db: DB) -> None:
    city = actor(CITY_ADMIN, at=centre(db))
    with pytest.raises(NotPermitted, match="省中心"):
        calendar_import.accept(db, city, 2031, SOURCE, whole(), "x.xlsx")
    province = actor(PROVINCE_ADMIN, at=centre(db, PROVINCE))
    assert calendar_import.accept(db, province, 2031, SOURCE, whole(), "x.xlsx").count("new") == 15


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"no workbook", "工作日历表|表格|文件"),
        (sheet(), "没有一行"),
        (sheet((2031, "2031-01-01", "放假", ""), (2032, "2032-01-01", "放假", "")), "哪一年"),
        (b"x" * (calendar_import.LARGEST + 1), "太大"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_in_words(db: DB, data: bytes, match: str) -> None:
    with pytest.raises(BadSheet, match=match):
        calendar_import.preview(db, None, data, "x.xlsx")


def test_the_blank_sheet_is_read_when_it_is_filled_in(db: DB) -> None:
    book = load_workbook(io.BytesIO(calendar_import.blank(2031)))
    page = book.worksheets[0]
    page.append([])
    for column, value in enumerate((2031, date(2031, 10, 1), "放假", "国庆节"), start=1):
        page.cell(2, column).value = value
    out = io.BytesIO()
    book.save(out)
    found = calendar_import.preview(db, None, out.getvalue(), "空白.xlsx")
    assert (found.year, found.count("new"), found.problems) == (2031, 1, ())


def test_a_sheet_of_text_will_do(db: DB) -> None:
    data = "年度,日期,上班或放假,说明\n2031,2031-10-01,放假,国庆节\n2031,2031-10-11,上班,\n"
    found = calendar_import.preview(db, None, data.encode(), "2031.csv")
    assert (found.count("new"), found.problems) == (2, ())
