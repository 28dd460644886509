"""Do rows of any table come in from a sheet: new, changed, or refused with the reason?"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import importing, scope
from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.records.sheet_columns import kind_of
from app.core.records.values import Reader
from app.core.roles import SYSTEM, Actor
from app.core.tables import Change, CodeItem, Operation
from app.models import Enterprise, Plan, Site, Supervisor
from app.roles import AUDITOR, BODY_CLERK, CITY_CLERK, PROVINCE_ADMIN
from seed.people import credit_code
from tests import factories
from tests.services.importing.conftest import sheet
from tests.views.world import World

DB = scoped_session[Session]
TANGSHAN = "唐山市（130200）"
CENTRE = "唐山市职业技能鉴定中心"
HEAD = ("企业名称", "统一社会信用代码", "所在地区", "属地中心", "联系人", "单位人资部门电话")


@pytest.fixture
def db(session: DB) -> DB:
    scope.bind(session, SYSTEM)
    return session


def code(number: int) -> str:
    return credit_code("130200", f"{number:08d}")


def line(number: int, **values: str) -> tuple[str, ...]:
    """A row of a sheet of enterprises."""
    name = f"河北恒远机械{number}有限公司"
    given = dict(
        zip(HEAD, (name, code(number), TANGSHAN, CENTRE, "赵敏", "0315-2800111"), strict=True)
    )
    return tuple((given | values)[one] for one in HEAD)


def bring(db: DB, model: type[Entity], data: bytes, actor: Actor = SYSTEM, **parents: Any) -> Any:
    run = importing.stage_rows(db, actor, model, parents, data, "数据.xlsx")
    return importing.accept_run(db, actor, run)


def enterprises(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    return sheet(head, *rows)


def codes_of(shown: importing.Preview) -> list[str]:
    return [problem.code for problem in shown.problems]


def filled_template(db: DB, model: type[Entity], rows: Sequence[Any]) -> bytes:
    """The blank sheet of the table, filled in as an export writes these rows."""
    book = load_workbook(io.BytesIO(importing.blank_rows(db, SYSTEM, model)))
    page = book.worksheets[0]
    names = {one.label: one.name for one in importing.row_fields(model)}
    reader = Reader(db, model)
    for number, row in enumerate(rows, start=2):
        for column, cell in enumerate(page[1], start=1):
            name = names[str(cell.value).lstrip("*")]
            page.cell(number, column, reader.write(name, getattr(row, name)) or None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _in_capitals(db: DB, row: Any) -> Any:
    """The row with its long numbers as every form and sheet keeps them."""
    for field in importing.row_fields(type(row)):
        if kind_of(type(row), field) == "long_number":
            setattr(row, field.name, getattr(row, field.name).upper())
    db.commit()
    return row


def test_every_importable_table_takes_back_what_it_gave_unchanged(db: DB) -> None:
    world = World(db, "AAA", factories.TANGSHAN)
    models = importing.importable_models()
    assert len(models) > 20
    wrong = {}
    for model in models:
        row = _in_capitals(db, world.row(model))
        shown = importing.preview_rows(
            db, SYSTEM, model, {}, filled_template(db, model, [row]), "数据.xlsx"
        )
        if shown.counts.unchanged != 1 or shown.missing or shown.counts.total != 1:
            wrong[model.__name__] = (shown.counts, shown.missing, shown.problems)
    assert wrong == {}


def test_every_declared_field_of_a_form_stands_in_the_blank_sheet_and_no_other(db: DB) -> None:
    for model in importing.importable_models():
        book = load_workbook(io.BytesIO(importing.blank_rows(db, SYSTEM, model)))
        headings = [str(cell.value).lstrip("*") for cell in book.worksheets[0][1]]
        expected = [one.label for one in describe(model).fields if one.form and one.name != "state"]
        number = importing.number_field(model)
        assert headings == ([number.label] if number else []) + expected, model


def test_a_natural_key_names_what_people_enter(db: DB) -> None:
    for model in importing.importable_models():
        entered = {one.name for one in importing.row_fields(model)}
        assert importing.natural_key(model), model
        assert set(importing.natural_key(model)) <= entered, model


def test_new_rows_are_added_and_the_same_file_a_second_time_changes_nothing(db: DB) -> None:
    data = enterprises(line(1), line(2))
    assert bring(db, Enterprise, data).counts == importing.Counts(new=2)
    before = db.scalar(select(func.count()).select_from(Change))
    assert bring(db, Enterprise, data).counts == importing.Counts(unchanged=2)
    assert db.scalar(select(func.count()).select_from(Change)) == before


def test_a_known_row_is_changed_and_its_blank_cells_leave_what_is_stored(db: DB) -> None:
    bring(db, Enterprise, enterprises(line(1)))
    head = ("统一社会信用代码", "联系人", "单位人资部门电话", "单位地址")
    shown = bring(db, Enterprise, sheet(head, (code(1), "钱涛", "", "建设路1号")))
    assert shown.counts == importing.Counts(changed=1)
    cells = {cell.field: cell for cell in shown.rows[0].cells}
    assert (cells["contact"].before, cells["phone"].before) == ("赵敏", None)
    kept = db.scalars(select(Enterprise)).one()
    assert (kept.contact, kept.phone, kept.address) == ("钱涛", "0315-2800111", "建设路1号")


def test_a_wrong_cell_refuses_its_row_alone_and_says_why(db: DB) -> None:
    bad = line(2, 属地中心="没有的中心", 统一社会信用代码="123")
    shown = bring(db, Enterprise, enterprises(line(1), bad, line(3)))
    assert shown.counts == importing.Counts(new=2, refused=1)
    assert [(one.row, one.field) for one in shown.problems] == [(3, "city_centre")]
    page = load_workbook(io.BytesIO(importing.refused_workbook(shown))).active
    assert page is not None
    assert page.max_row == 2
    assert "没有的中心" in str(page.cell(2, 7).value)


def test_a_rule_of_the_table_refuses_as_on_its_form(db: DB) -> None:
    shown = bring(db, Enterprise, enterprises(line(1, 统一社会信用代码="91130200MA0ABCDE11")))
    assert shown.counts == importing.Counts(refused=1)
    assert [one.field for one in shown.problems] == ["credit_code"]


def test_what_a_new_row_lacks_is_said_of_the_row(db: DB) -> None:
    shown = bring(db, Enterprise, enterprises(line(1, 企业名称="", 所在地区="")))
    assert {one.field for one in shown.problems} == {"name", "region"}


def test_two_rows_that_mean_the_same_are_not_both_taken(db: DB) -> None:
    shown = bring(db, Enterprise, enterprises(line(1), line(1, 企业名称="另一个名称")))
    assert shown.counts == importing.Counts(new=1, refused=1)
    assert codes_of(shown) == ["row_repeated"]
    assert "第2行" in shown.problems[0].message


def test_a_name_that_another_row_has_already_is_refused(db: DB) -> None:
    bring(db, Enterprise, enterprises(line(1)))
    shown = bring(db, Enterprise, enterprises(line(2, 企业名称="河北恒远机械1有限公司")))
    assert shown.counts == importing.Counts(refused=1)
    assert "已有相同“企业名称”" in shown.problems[0].message


def test_titles_above_aliases_and_an_own_heading_are_read(db: DB) -> None:
    head = ["用人单位全称", *HEAD[1:]]
    data = sheet(("唐山市企业登记表",), (), head, line(1))
    run = importing.stage_rows(db, SYSTEM, Enterprise, {}, data, "数据.xlsx")
    shown = importing.preview_run(db, SYSTEM, run)
    assert [one.text for one in shown.headings if not one.field] == ["用人单位全称"]
    importing.map_headings(db, SYSTEM, run, {"用人单位全称": "name"}, remember=True)
    assert importing.accept_run(db, SYSTEM, run).counts.new == 1
    later = importing.preview_rows(db, SYSTEM, Enterprise, {}, data, "数据.xlsx")
    assert later.counts == importing.Counts(unchanged=1)


def test_a_sheet_without_the_column_that_tells_rows_apart_is_refused_whole(db: DB) -> None:
    run = importing.stage_rows(
        db,
        SYSTEM,
        Enterprise,
        {},
        sheet(HEAD[2:], ("唐山市（130200）", CENTRE, "a", "b")),
        "数据.xlsx",
    )
    assert importing.preview_run(db, SYSTEM, run).missing == ("统一社会信用代码",)


def test_a_row_with_a_number_of_ours_is_met_by_it_and_an_unknown_number_refused(db: DB) -> None:
    body = factories.body(db)
    plan = factories.plan(db, body)
    head = ("计划编号", "计划名称", "评价机构", "年度", "评价内容")
    data = sheet(
        head,
        (plan.no, "改了名称的计划", "", "", ""),
        ("JH-1999-0001", "没有的计划", "KESHI", 2021, ""),
        ("", "新的计划", "KESHI", 2022, "理论"),
    )
    shown = importing.preview_rows(db, SYSTEM, Plan, {}, data, "数据.xlsx")
    assert codes_of(shown)[-1] == "number_unknown"
    assert [row.status for row in shown.rows][1:] == ["refused", "new"]


def test_a_list_narrowed_to_a_body_brings_its_rows_in_without_the_column(db: DB) -> None:
    body, other = factories.body(db), factories.body(db, "FREMD")
    head = ("考点名称", "所在地区", "容纳人数", "评价机构")
    data = sheet(head, ("一号考点", "130200", 30, ""), ("二号考点", "130200", 30, other.name))
    shown = bring(db, Site, data, body=body)
    assert shown.counts == importing.Counts(new=1, refused=1)
    assert codes_of(shown) == ["other_parent"]
    assert db.scalars(select(Site)).one().body is body


def test_a_body_brings_in_its_own_rows_and_not_those_of_others(db: DB) -> None:
    own, other = factories.body(db), factories.body(db, "FREMD")
    head = ("考点名称", "所在地区", "评价机构")
    data = sheet(head, ("一号考点", "130200", own.name), ("二号考点", "130200", other.name))
    clerk = factories.actor(BODY_CLERK, body=own)
    with scope.acting(db, clerk):
        shown = bring(db, Site, data, clerk)
    assert shown.counts == importing.Counts(new=1, refused=1)
    assert codes_of(shown) == ["body_unknown"]


def test_a_row_of_another_centre_is_refused_with_the_reason(db: DB) -> None:
    supervisor = factories.supervisor(db, centre=factories.centre(db, factories.TANGSHAN))
    head = ("姓名", "督导员证号", "发证中心", "有效期止")
    data = sheet(head, ("", supervisor.card_no, "", "2031-12-31"))
    clerk = factories.actor(CITY_CLERK, at=factories.centre(db, factories.BAODING))
    with scope.acting(db, clerk):
        shown = bring(db, Supervisor, data, clerk)
    assert shown.counts == importing.Counts(refused=1)
    assert "不归您维护" in shown.problems[0].message


def test_a_role_that_does_not_write_the_table_imports_nothing(db: DB) -> None:
    from app.core.errors import NotPermitted

    for role, model in ((AUDITOR, Enterprise), (BODY_CLERK, CodeItem)):
        reader = factories.actor(role, body=factories.body(db, role))
        with pytest.raises(NotPermitted):
            importing.preview_rows(db, reader, model, {}, enterprises(line(1)), "a.xlsx")
        with pytest.raises(NotPermitted):
            importing.blank_rows(db, reader, model)


def test_an_accepted_import_is_one_operation_of_the_history_named_after_its_file(db: DB) -> None:
    actor = factories.actor(PROVINCE_ADMIN, at=factories.centre(db, factories.PROVINCE))
    with scope.acting(db, actor):
        run = importing.stage_rows(
            db, actor, Enterprise, {}, enterprises(line(1), line(2)), "企业.xlsx"
        )
        importing.accept_run(db, actor, run)
    lines = db.scalars(select(Change).where(Change.operation == run.operation)).all()
    assert [one.kind for one in lines] == ["add", "add"]
    noted = db.scalars(select(Operation).where(Operation.name == run.operation)).one()
    assert (noted.detail, noted.count, noted.entity) == ("企业.xlsx", 2, "Enterprise")


def test_rows_of_one_body_are_no_affair_of_another(db: DB) -> None:
    from app.core.errors import NotFound

    own, other = factories.body(db), factories.body(db, "FREMD")
    clerk = factories.actor(BODY_CLERK, body=own)
    head = ("考点名称", "所在地区", "评价机构")
    with scope.acting(db, clerk):
        data = sheet(head, ("一号考点", "130200", own.name))
        run = importing.stage_rows(db, clerk, Site, {}, data, "考点.xlsx")
        assert [one.id for one in importing.runs_of_rows(db, Site)] == [run.id]
    with scope.acting(db, factories.actor(BODY_CLERK, body=other)):
        assert importing.runs_of_rows(db, Site) == []
        with pytest.raises(NotFound):
            importing.find_run(db, run.id)
