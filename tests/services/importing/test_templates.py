"""Does a blank sheet say what to fill in, offer choices, keep numbers as text, and read back?"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import importing, scope
from app.core.errors import NotFound, WrongState
from app.core.roles import SYSTEM
from app.core.tables import Change
from app.models import Batch, Enterprise, ExamSession, Occupation, Site
from tests import factories
from tests.services.importing.conftest import Desk, sample

DB = scoped_session[Session]


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def heads(book: Workbook) -> list[str]:
    return [str(cell.value) for cell in book.worksheets[0][1]]


def filled(content: bytes, **values: object) -> bytes:
    """The blank sheet with one row, by heading."""
    book = opened(content)
    names = [one.lstrip("*") for one in heads(book)]
    for heading, value in values.items():
        book.worksheets[0].cell(2, names.index(heading) + 1, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def choices_for(book: Workbook, heading: str) -> list[str]:
    """What the drop-down list of a column offers."""
    page = book.worksheets[0]
    at = [one.lstrip("*") for one in heads(book)].index(heading) + 1
    letter = page.cell(1, at).column_letter
    for rule in page.data_validations.dataValidation:
        if rule.type == "list" and f"{letter}2" in str(rule.sqref):
            sheet, _, place = str(rule.formula1).partition("!")
            return [str(row[0].value) for row in book[sheet][place.replace("$", "")]]
    return []


@pytest.fixture
def db(session: DB) -> DB:
    scope.bind(session, SYSTEM)
    return session


def test_required_columns_are_marked_and_long_numbers_kept_as_text(db: DB) -> None:
    book = opened(importing.blank_rows(db, SYSTEM, Enterprise))
    assert heads(book)[:2] == ["*企业名称", "*统一社会信用代码"]
    assert "单位地址" in heads(book)
    assert book.worksheets[0].column_dimensions["B"].number_format == "@"
    assert book.worksheets[0].freeze_panes == "A2"


def test_code_lists_choices_and_small_tables_are_offered(db: DB) -> None:
    book = opened(importing.blank_rows(db, SYSTEM, Occupation))
    assert choices_for(book, "数字职业") == ["是", "否"]
    assert choices_for(book, "层次")[-1] == "细类（职业）"
    centres = choices_for(opened(importing.blank_rows(db, SYSTEM, Enterprise)), "属地中心")
    assert "唐山市职业技能鉴定中心" in centres


def test_a_large_table_is_not_offered_and_its_way_of_writing_is_explained(db: DB) -> None:
    book = opened(importing.blank_rows(db, SYSTEM, Enterprise))
    assert choices_for(book, "所在地区") == []
    notes = {row[0].value: [cell.value for cell in row] for row in book["填写说明"].iter_rows()}
    assert "代码或名称" in str(notes["所在地区"][3])


def test_the_notes_explain_each_column_and_how_rows_are_met_again(db: DB) -> None:
    book = opened(importing.blank_rows(db, SYSTEM, Enterprise))
    text = "\n".join(str(c.value) for row in book["填写说明"].iter_rows() for c in row if c.value)
    assert "按“统一社会信用代码”认出已有的企业" in text
    assert "91350100M000100Y43" in text
    assert all(one.lstrip("*") in text for one in heads(book))


def test_nothing_in_a_blank_sheet_is_computed_and_the_reader_takes_it_for_empty(db: DB) -> None:
    for model in importing.importable_models():
        book = opened(importing.blank_rows(db, SYSTEM, model))
        kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
        assert kinds <= {"s", "n"}, model


def test_a_sheet_for_a_narrowed_list_leaves_the_settled_column_out(db: DB) -> None:
    body = factories.body(db)
    content = importing.blank_rows(db, SYSTEM, Site, {"body": body})
    assert "*评价机构" not in heads(opened(content))
    data = filled(content, 考点名称="一号考点", 所在地区="130200", 容纳人数=30)
    shown = importing.preview_rows(db, SYSTEM, Site, {"body": body}, data, "a.xlsx")
    assert shown.counts == importing.Counts(new=1)


def test_a_table_that_the_procedure_fills_has_no_blank_sheet(db: DB) -> None:
    with pytest.raises(NotFound, match="可以导入的有"):
        importing.importable_named("Certificate")
    with pytest.raises(NotFound):
        importing.importable_named("Material")
    assert importing.importable_named("exam-session") is ExamSession
    assert importing.importable_named("企业") is Enterprise


def test_the_blank_roster_follows_the_official_order(desk: Desk) -> None:
    content = importing.blank_workbook(desk.session, desk.actor, "roster", desk.batch)
    names = [one.lstrip("*") for one in heads(opened(content))]
    assert names[:8] == [
        "序号", "姓名", "性别", "身份证号", "文化程度", "工作单位", "现从事岗位", "从事本职业年限",
    ]  # fmt: skip
    assert names[8:15] == [
        "申报职业", "申报工种", "申报等级", "现有证书等级", "现有证书编号", "联系电话", "备注",
    ]  # fmt: skip
    assert "电工" in choices_for(opened(content), "申报工种")
    assert "五级/初级工" in choices_for(opened(content), "申报等级")


def test_a_filled_blank_roster_goes_in(desk: Desk) -> None:
    content = importing.blank_workbook(desk.session, desk.actor, "roster", desk.batch)
    data = filled(
        content, 姓名="张三", 身份证号="130203198209232773", 申报工种="电工", 申报等级="五级/初级工"
    )
    assert desk.preview("roster", data).counts == importing.Counts(new=1)


def test_the_blank_sheet_of_scores_names_the_candidates_and_leaves_a_trace(
    desk: Desk, put: Callable[[Batch, str], None]
) -> None:
    desk.accept("roster", sample("roster-tidy.xlsx"))
    put(desk.batch, "examining")
    content = importing.blank_workbook(desk.session, desk.actor, "scores", desk.batch)
    page = opened(content).worksheets[0]
    assert page.max_row == 1 + desk.preview("scores", content).counts.total
    assert str(page.cell(2, 3).value).isdigit()
    lines = desk.session.scalars(select(Change).where(Change.kind == "export")).all()
    assert [one.record_id for one in lines] == [desk.batch.id]


def test_a_batch_that_takes_no_roster_gives_no_blank_one(
    desk: Desk, put: Callable[[Batch, str], None]
) -> None:
    put(desk.batch, "archived")
    with pytest.raises(WrongState):
        importing.blank_workbook(desk.session, desk.actor, "roster", desk.batch)
