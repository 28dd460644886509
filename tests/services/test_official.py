"""Do the five official tables of a batch agree with the database and with each other?"""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import NotFound, NotPermitted
from app.core.roles import SYSTEM
from app.core.tables import Change
from app.core.workflow import moves
from app.models import Batch, Candidate, Certificate, Score, WorkHistory
from app.roles import AUDITOR, CITY_ADMIN, SYSTEM_ADMIN
from app.services.certificates import certificates
from app.services.demonstration.demonstration import ANNEXES
from app.services.documents import documents
from tests import factories, procedure

DB = scoped_session[Session]
Rows = list[list[Any]]
LEVELS = ("5", "4", "3", "2", "1")
GROUPS = 10
PEOPLE = 23
FAILING = (2, 3, 7, 12)


@pytest.fixture
def batch(db: DB) -> Batch:
    """A certified batch of two work types at five levels, in which four failed."""
    made = procedure.ready_batch(db, number=PEOPLE, levels=LEVELS, work_types=factories.WORK_TYPES)
    return procedure.take(db, made, "certified", failing=FAILING)


def sheets(db: DB, batch: Batch, kind: str) -> list[Rows]:
    """The filled cells of every sheet of a table, line by line."""
    content = documents.take(db, SYSTEM, batch, kind).content
    pages = load_workbook(io.BytesIO(content)).worksheets
    if kind == "arrangement":
        for page in pages:
            unmerge(page)
    return [
        [[cell for cell in row if cell is not None] for row in page.iter_rows(values_only=True)]
        for page in pages
    ]


def unmerge(page: Worksheet) -> None:
    """What rows share in a merged cell, said in each of them."""
    for area in [*page.merged_cells.ranges]:
        page.unmerge_cells(area.coord)
        for number in range(area.min_row, area.max_row):
            page.cell(number + 1, area.min_col).value = page.cell(area.min_row, area.min_col).value


def rows(db: DB, batch: Batch, kind: str) -> Rows:
    (page,) = sheets(db, batch, kind)
    return page


def roster(db: DB, batch: Batch) -> Rows:
    return [row for row in rows(db, batch, "roster") if row and isinstance(row[0], int)]


def arrangement(db: DB, batch: Batch) -> Rows:
    return [row for row in rows(db, batch, "arrangement") if row and row[0] == "2021-04-24"]


def summary(db: DB, batch: Batch) -> Rows:
    found = [row for row in rows(db, batch, "result-summary") if len(row) >= 4]
    return [row for row in found if isinstance(row[3], int)]


def listed(db: DB, batch: Batch) -> Rows:
    return [row for row in rows(db, batch, "result-list") if len(row) == 11 and row[7][0] == "S"]


def count(db: DB, model: Any, *where: Any) -> int:
    return int(db.scalar(select(func.count()).select_from(model).where(*where)) or 0)


def expanded(segments: str) -> list[str]:
    """Every number of a cell 证书号段."""
    found = []
    for part in segments.split("\n"):
        first, last = [*part.split("至"), part][:2]
        found += [f"{first[:16]}{n:06d}" for n in range(int(first[16:]), int(last[16:]) + 1)]
    return found


def test_heads_and_passes_agree_in_every_table_and_in_the_database(db: DB, batch: Batch) -> None:
    passed = count(db, Score, Score.outcome == "passed")
    assert passed == PEOPLE - len(FAILING)
    assert len(roster(db, batch)) == PEOPLE
    assert sum(row[4] for row in arrangement(db, batch)) == PEOPLE
    assert sum(row[3] for row in summary(db, batch)) == PEOPLE
    assert sum(row[4] for row in summary(db, batch)) == passed
    assert len(listed(db, batch)) == passed == count(db, Certificate)
    assert len(sheets(db, batch, "application")) == PEOPLE


def test_the_groups_are_the_same_in_roster_arrangement_and_summary(db: DB, batch: Batch) -> None:
    enrolled = Counter(tuple(row[8:11]) for row in roster(db, batch))
    arranged = Counter({tuple(row[1:4]): row[4] for row in arrangement(db, batch)})
    admitted = Counter({tuple(row[0:3]): row[3] for row in summary(db, batch)})
    assert len(enrolled) == GROUPS
    assert enrolled == arranged == admitted


def test_the_line_of_totals_adds_up_by_level(db: DB, batch: Batch) -> None:
    line = next(row[0] for row in rows(db, batch, "arrangement") if row and "合计" in str(row[0]))
    shown = {name: int(number) for name, number in re.findall(r"(\w+)[： ]+(\d+) 人", line)}
    by_level = Counter(row[10] for row in roster(db, batch))
    names = {"五级/初级工": "初级工", "四级/中级工": "中级工", "三级/高级工": "高级工"}
    names |= {"二级/技师": "技师", "一级/高级技师": "高级技师"}
    assert shown == {names[level]: size for level, size in by_level.items()} | {"合计": PEOPLE}


def test_the_segments_of_the_summary_are_the_numbers_of_the_list(db: DB, batch: Batch) -> None:
    by_group: dict[tuple[str, ...], list[str]] = {}
    for row in listed(db, batch):
        by_group.setdefault(tuple(row[4:7]), []).append(row[7])
    for row in summary(db, batch):
        numbers = expanded(row[5]) if len(row) > 5 else []
        assert len(numbers) == row[4]
        assert numbers == sorted(by_group.get(tuple(row[0:3]), []))
    kept = [one.number for one in certificates.of_batch(db, batch)]
    assert sorted(row[7] for row in listed(db, batch)) == kept


def test_every_line_of_the_list_is_a_candidate_who_passed(db: DB, batch: Batch) -> None:
    people = {
        one.id_number: one
        for one in db.scalars(select(Candidate).where(Candidate.batch_id == batch.id))
    }
    for row in listed(db, batch):
        person = people[row[2]]
        assert (row[0], row[3], row[6]) == (person.name, person.employer, person.level.name)
        assert row[1] == "居民身份证"
        assert person.serial not in FAILING
        assert row[8] == "2021-05-11"


def test_the_roster_stands_in_its_order_with_whole_numbers_as_text(db: DB, batch: Batch) -> None:
    found = roster(db, batch)
    assert [row[0] for row in found] == list(range(1, PEOPLE + 1))
    assert all(re.fullmatch(r"\d{17}[\dX]", row[3]) for row in found)


def test_each_candidate_has_an_application_with_the_outcome(db: DB, batch: Batch) -> None:
    outcomes = []
    for page in sheets(db, batch, "application"):
        (line,) = [row for row in page if row and row[0] == "评价机构考评结果"]
        outcomes.append(line[1])
    assert outcomes == ["不合格" if n in FAILING else "合格" for n in range(1, PEOPLE + 1)]


def test_an_application_tells_the_work_history_in_its_order(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    (person,) = factories.candidates(db, batch, 1)
    db.add_all(
        [
            WorkHistory(candidate=person, started="2018-03", place="乙厂焊工", witness="李四"),
            WorkHistory(candidate=person, started="2015-07", ended="2018-02", place="甲厂学徒"),
        ]
    )
    db.commit()
    (page,) = sheets(db, batch, "application")
    shown = [cell for row in page for cell in row if "厂" in str(cell) or "—" in str(cell)]
    assert shown == ["2015-07—2018-02", "甲厂学徒", "2018-03—至今", "乙厂焊工"]


def test_before_the_results_the_tables_leave_them_open(db: DB) -> None:
    batch = procedure.ready_batch(db, number=3)
    assert len(roster(db, batch)) == 3
    assert [row[3:] for row in summary(db, batch)] == [[3]]
    assert listed(db, batch) == []
    for page in sheets(db, batch, "application"):
        (line,) = [row for row in page if row and row[0] == "评价机构考评结果"]
        assert line[1:] == []


def test_before_the_numbers_those_who_passed_are_listed_with_room_for_them(db: DB) -> None:
    batch = procedure.ready_batch(db, number=4)
    procedure.take(db, batch, "scored", failing=(1,))
    (group,) = summary(db, batch)
    assert group[3:] == [4, 3]
    # Number and date are open: nine of the eleven columns are filled.
    people = [row for row in rows(db, batch, "result-list") if "居民身份证" in row]
    assert [len(row) for row in people] == [9, 9, 9]


def test_a_void_number_still_adds_up_with_those_who_passed(db: DB, batch: Batch) -> None:
    before = summary(db, batch)
    one = certificates.of_batch(db, batch)[1]
    moves.act(db, SYSTEM, one, "void", "成绩有误")
    assert summary(db, batch) == before


def test_a_void_certificate_is_not_listed(db: DB, batch: Batch) -> None:
    one = certificates.of_batch(db, batch)[0]
    moves.act(db, SYSTEM, one, "void", "成绩有误")
    assert one.number not in {row[7] for row in listed(db, batch)}


@pytest.mark.parametrize("kind", ANNEXES)
def test_the_file_is_named_after_batch_and_form(db: DB, kind: str) -> None:
    batch = procedure.ready_batch(db, number=1)
    name = documents.take(db, SYSTEM, batch, kind).filename
    assert name.startswith(f"{batch.no}-")
    assert name.endswith(".xlsx")


def test_a_table_that_does_not_exist_is_refused_with_those_that_do(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    with pytest.raises(NotFound, match="roster（附件2"):
        documents.take(db, SYSTEM, batch, "附件9")


@pytest.mark.parametrize("role", [AUDITOR, SYSTEM_ADMIN])
def test_whole_numbers_are_for_those_who_work_with_them(db: DB, batch: Batch, role: str) -> None:
    visitor = factories.actor(role, at=factories.centre(db, factories.PROVINCE))
    for kind in ANNEXES:
        if documents.KINDS[kind].personal:
            with pytest.raises(NotPermitted, match="完整的证件号码"):
                documents.take(db, visitor, batch, kind)
        else:
            assert documents.take(db, visitor, batch, kind).content


def test_who_took_a_table_is_written_down(db: DB, batch: Batch) -> None:
    clerk = factories.clerk(batch.body)
    with scope.acting(db, clerk):
        for kind in ("roster", "arrangement"):
            documents.take(db, clerk, batch, kind)
    taken = db.scalars(select(Change).where(Change.kind == "export").order_by(Change.id)).all()
    assert [(one.record_id, one.actor_name) for one in taken] == [(batch.id, clerk.name)] * 2
    assert [sorted(one.fields) for one in taken] == [["表格", "证件号码"], ["表格"]]


# -- late filings --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["roster", "arrangement"])
def test_leave_for_a_late_filing_prints_on_what_is_filed(db: DB, kind: str) -> None:
    late = date(2021, 4, 19)
    made = procedure.ready_batch(db)
    chief = factories.actor(CITY_ADMIN, at=made.city_centre, name="刘主任")
    with scope.acting(db, chief), clock.set_to(late):
        moves.act(db, chief, made, "allow_late", "企业停产检修")
    leave = f"经{made.city_centre.name} 刘主任 2021-04-19 批准逾期报送：企业停产检修"
    assert [leave] in rows(db, made, kind)
    with clock.set_to(late):
        moves.act(db, SYSTEM, made, "submit")
    assert [leave] in rows(db, made, kind)


@pytest.mark.parametrize("kind", ["roster", "arrangement"])
def test_leave_that_is_void_prints_no_more(db: DB, kind: str) -> None:
    made = procedure.ready_batch(db)
    with clock.set_to(date(2021, 4, 19)):
        moves.act(db, SYSTEM, made, "allow_late", "企业停产检修")
    made.exam_date = date(2021, 5, 22)
    db.commit()
    assert not any("逾期" in str(cell) for row in rows(db, made, kind) for cell in row)
