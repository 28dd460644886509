"""Is an upload read once for all pages of its preview, and anew only where that says more?"""

from __future__ import annotations

import sys
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core import importing, scope
from app.core.history import trail
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.tables import CodeItem, ImportRun, JudgedPart, JudgedSheet
from app.models import Candidate, Enterprise
from seed.people import people
from tests import factories
from tests.services.importing.conftest import Desk, roster
from tests.services.importing.test_rows import enterprises, line

WRONG = ("无号", "男", "130203198209232774", "电工", "电工", "五级")


def crowd(number: int) -> list[Any]:
    return [
        (one.name, one.gender, one.id_number, "电工", "电工", "五级") for one in people(number, 3)
    ]


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of each file that was read, by either kind of import."""
    found: list[str] = []
    for name in ("preview", "any_table"):
        place = sys.modules[f"app.core.importing.{name}"]
        real = place.read

        def read(data: bytes, filename: str, *more: Any, real: Any = real, **named: Any) -> Any:
            found.append(filename)
            return real(data, filename, *more, **named)

        monkeypatch.setattr(place, "read", read)
    return found


@pytest.fixture
def run(desk: Desk, readings: list[str]) -> ImportRun:
    data = roster(*crowd(230), *[WRONG] * 3)
    staged = importing.stage(desk.session, desk.actor, desk.batch, "roster", data, "名册.xlsx")
    assert readings.pop() == "名册.xlsx"
    return staged


def page(desk: Desk, run: ImportRun, number: int = 1, *, only: bool = False) -> importing.Page:
    return importing.page_of_run(desk.session, desk.actor, run, number, only=only)


def test_all_pages_are_those_of_the_one_reading(
    desk: Desk, run: ImportRun, readings: list[str]
) -> None:
    pages = [page(desk, run, number) for number in (1, 2, 3)]
    assert readings == []
    whole = importing.preview_run(desk.session, desk.actor, run)
    rows = [row for one in pages for row in one.rows]
    assert [(row.number, row.status, row.cells, row.problems) for row in rows] == [
        (row.number, row.status, row.cells, row.problems) for row in whole.rows
    ]
    head = pages[0].head
    for name in ("sheet", "header_rows", "headings", "missing", "fields", "counts", "notes"):
        assert getattr(head, name) == getattr(whole, name), name
    assert [(one.number, one.last, one.total) for one in pages] == [(n, 3, 233) for n in (1, 2, 3)]
    assert page(desk, run, 9).number == 3


def test_the_rows_with_problems_have_pages_of_their_own(
    desk: Desk, run: ImportRun, readings: list[str]
) -> None:
    wrong = page(desk, run, only=True)
    assert [row.number for row in wrong.rows] == [232, 233, 234]
    assert (wrong.last, wrong.total, readings) == (1, 3, [])


def test_headings_are_mapped_without_reading_again(
    desk: Desk, run: ImportRun, readings: list[str]
) -> None:
    importing.map_headings(desk.session, desk.actor, run, {"申报等级": ""})
    assert readings == []
    assert page(desk, run).head.missing
    assert page(desk, run, 2).head.missing
    assert readings == ["名册.xlsx"]  # under the new headings once


def test_what_the_sheet_is_judged_against_changes_and_it_is_judged_anew(
    desk: Desk, run: ImportRun, readings: list[str]
) -> None:
    desk.accept("roster", roster(crowd(230)[0]))
    readings.clear()
    assert page(desk, run).rows[0].status == "unchanged"
    assert page(desk, run, 2).rows[0].status == "new"
    assert readings == ["名册.xlsx"]
    with scope.acting(desk.session, SYSTEM):
        item = desk.session.scalars(select(CodeItem)).first()
        assert item is not None
        item.name = f"{item.name}类"
        record.edit(desk.session, SYSTEM, item)
    page(desk, run)
    assert readings == ["名册.xlsx"] * 2


def test_what_has_nothing_to_do_with_it_has_nothing_judged_anew(
    desk: Desk, run: ImportRun, readings: list[str]
) -> None:
    other = factories.batch(desk.session, desk.batch.body)
    factories.candidates(desk.session, other, 2)
    page(desk, run)
    assert readings == []


def test_rows_of_any_table_are_read_once_too(desk: Desk, readings: list[str]) -> None:
    data = enterprises(*(line(number) for number in range(3)))
    with scope.acting(desk.session, SYSTEM):
        run = importing.stage_rows(desk.session, SYSTEM, Enterprise, {}, data, "企业.xlsx")
        readings.clear()
        shown = importing.page_of_run(desk.session, SYSTEM, run, 1, only=False)
        assert [row.status for row in shown.rows] == ["new"] * 3
        assert readings == []
        factories.enterprise(desk.session)
        importing.page_of_run(desk.session, SYSTEM, run, 1, only=False)
    assert readings == ["企业.xlsx"]


@pytest.mark.parametrize("end", ["accept_run", "discard_run"])
def test_what_is_over_leaves_no_pages_behind(desk: Desk, run: ImportRun, end: str) -> None:
    getattr(importing, end)(desk.session, desk.actor, run)
    for model in (JudgedPart, JudgedSheet):
        assert desk.session.scalar(select(func.count()).select_from(model)) == 0


def test_the_history_of_new_candidates_is_that_of_candidates_added_one_by_one(desk: Desk) -> None:
    run = importing.stage(
        desk.session, desk.actor, desk.batch, "roster", roster(*crowd(3)), "名册.xlsx"
    )
    importing.accept_run(desk.session, desk.actor, run)
    made = desk.session.scalars(select(Candidate).order_by(Candidate.serial)).all()
    lines = list(trail.of_operation(desk.session, run.operation, ("add",)))
    assert [(one.record_id, one.title) for one in lines] == [(one.id, one.name) for one in made]
    for person, noted in zip(made, lines, strict=True):
        assert noted.fields["id_number"] == [None, person.id_number]
        assert noted.fields["birth_date"] == [None, person.birth_date.isoformat()]
        assert noted.fields["serial"] == [None, person.serial]
        assert {"id", "version", "created_at"}.isdisjoint(noted.fields)
    assert [one.serial for one in made] == [1, 2, 3]
    assert {one.version for one in made} == {1}
    assert {one.created_by_id for one in made} == {desk.actor.id}
    assert all(one.created_at for one in made)
