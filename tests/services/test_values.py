"""Does the text of a cell become the value that staff mean, and the value that text again?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.records.values import Reader
from app.core.roles import SYSTEM
from app.core.tables import CodeItem
from app.models import (
    Assessor,
    Body,
    BodyScope,
    Candidate,
    Enterprise,
    ExamSession,
    Occupation,
    Plan,
    Score,
    Site,
    WorkType,
)
from app.roles import BODY_CLERK
from tests import factories

DB = scoped_session[Session]


@pytest.fixture
def db(session: DB) -> DB:
    scope.bind(session, SYSTEM)
    return session


@pytest.mark.parametrize(
    ("model", "name", "text", "value"),
    [
        (Plan, "year", "2021", 2021),
        (Plan, "planned_from", "2021年4月24日", date(2021, 4, 24)),
        (ExamSession, "theory_start", "2021-04-24 下午2:30", datetime(2021, 4, 24, 14, 30)),
        (ExamSession, "theory_start", "2021/4/24 09:00:00", datetime(2021, 4, 24, 9, 0)),
        (Score, "theory", "85.5", Decimal("85.5")),
        (Score, "theory_state", "缺考", "absent"),
        (Candidate, "gender", "男性", "1"),
        (Candidate, "id_number", " 13020319820923277 3", "130203198209232773"),
        (Occupation, "depth", "细类（职业）", 4),
        (Occupation, "digital", "√", True),
        (Occupation, "digital", "否", False),
        (Enterprise, "credit_code", "91130200ma0abcde1x", "91130200MA0ABCDE1X"),
        (Enterprise, "contact", "", ""),
        (Plan, "planned_from", "", None),
        (Site, "capacity", "", 0),
    ],
)
def test_a_text_is_read_as_the_field_declares(
    db: DB, model: type[Any], name: str, text: str, value: Any
) -> None:
    assert Reader(db, model).read(name, text) == (value, None)


@pytest.mark.parametrize(
    ("model", "name", "text", "code", "words"),
    [
        (Plan, "year", "明年", "not_integer", "应为整数"),
        (Plan, "year", "99999999999", "number_too_large", "太大"),
        (Plan, "title", "", "required", "必须填写"),
        (Plan, "title", "长" * 121, "too_long", "超过 120 个字"),
        (Plan, "planned_from", "4月", "bad_date", "2021-04-24"),
        (ExamSession, "theory_start", "2021-04-24", "bad_moment", "09:00"),
        (ExamSession, "theory_start", "2021-04-24 25:00", "bad_moment", "09:00"),
        (Score, "theory", "85.55", "too_many_decimals", "1 位小数"),
        (Score, "theory", "12345", "number_too_large", "太大"),
        (Score, "theory_state", "病假", "theory_state_unknown", "正常、缺考、违纪、缓考"),
        (Candidate, "gender", "不详", "gender_unknown", "无法识别"),
        (Candidate, "id_number", "1.30203E+17", "digits_lost", "丢失"),
        (Candidate, "id_number", "130***********2773", "masked", "完整号码"),
        (Occupation, "digital", "也许", "digital_unknown", "是、否"),
        (Site, "name", "=1+1", "formula", "公式"),
        (Candidate, "current_certificate", "1.3E+21", "digits_lost", "丢失"),
        (Site, "body", "没有的中心", "body_unknown", "机构备案编号或机构名称"),
    ],
)
def test_a_text_that_means_nothing_is_refused_with_its_field_and_the_next_step(
    db: DB, model: type[Any], name: str, text: str, code: str, words: str
) -> None:
    _value, problem = Reader(db, model).read(name, text)
    assert problem is not None
    assert (problem.code, problem.field, problem.row) == (code, name, None)
    assert words in problem.message


@pytest.mark.parametrize(
    "text", ["KESHI", "KESHI评价中心", " KESHI 评价中心 ", "KESHI评价中心（KESHI）"]
)
def test_a_record_is_meant_by_its_number_its_title_or_both(db: DB, text: str) -> None:
    body = factories.body(db)
    assert Reader(db, Site).read("body", text) == (body, None)


@pytest.mark.parametrize("text", ["5", "五级/初级工", "初级工", "五级", "五级（初级工）"])
def test_a_level_is_meant_by_any_of_its_wordings(db: DB, text: str) -> None:
    level, problem = Reader(db, Candidate).read("level", text)
    assert problem is None
    assert level.digit == "5"


def test_brackets_of_either_width_mean_the_same_record(db: DB) -> None:
    one = factories.enterprise(db, "唐山钢铁（集团）有限公司")
    assert Reader(db, Plan).read("enterprise", "唐山钢铁(集团)有限公司") == (one, None)


def test_several_records_stand_in_one_cell_also_when_a_name_holds_the_separator(db: DB) -> None:
    value, problem = Reader(db, Assessor).read("occupations", "文学、艺术学研究人员、电工；焊工")
    assert problem is None
    assert [one.name for one in value] == ["文学、艺术学研究人员", "电工", "焊工"]


def test_one_unknown_name_among_several_refuses_the_cell_and_is_named(db: DB) -> None:
    _value, problem = Reader(db, Assessor).read("occupations", "电工、捕梦人")
    assert problem is not None
    assert "捕梦人" in problem.message


def test_a_namesake_is_told_apart_by_what_stands_beside_it(db: DB) -> None:
    first, second = db.query(Occupation).filter_by(depth=4).limit(2)
    for one in (first, second):
        db.add(WorkType(occupation=one, name="通用工"))
    db.commit()
    reader = Reader(db, BodyScope)
    value, problem = reader.read("work_type", "通用工")
    assert value is None
    assert problem is not None
    assert problem.code == "work_type_ambiguous"
    value, problem = reader.read("work_type", "通用工", {"occupation": second})
    assert problem is None
    assert value.occupation_id == second.id


def test_a_record_out_of_scope_is_not_known(db: DB) -> None:
    own, other = factories.body(db), factories.body(db, "FREMD")
    clerk = factories.actor(BODY_CLERK, body=own)
    with scope.acting(db, clerk):
        reader = Reader(db, Site)
        assert reader.read("body", "KESHI") == (own, None)
        value, problem = reader.read("body", other.name)
    assert value is None
    assert problem is not None
    assert "不在您的管辖范围内" in problem.message


def test_a_retired_value_is_known_and_comes_with_an_objection(db: DB) -> None:
    item = db.query(CodeItem).filter_by(name="女").one()
    item.active = False
    occupation = db.query(Occupation).filter_by(name="电工").one()
    occupation.active = False
    db.commit()
    reader = Reader(db, Candidate)
    value, problem = reader.read("gender", "女")
    assert (value, problem and problem.code) == (item.code, "retired")
    value, problem = reader.read("occupation", "电工")
    assert (value, problem and problem.code) == (occupation, "retired")


def test_many_texts_cost_one_statement(db: DB) -> None:
    bodies = [factories.body(db, f"B{number}", work_types=()) for number in range(30)]
    names = [one.name for one in bodies]
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    reader = Reader(db, Site)
    db.expire_all()
    event.listen(Engine, "before_cursor_execute", note)
    try:
        reader.prefetch("body", names)
        found = [reader.read("body", name) for name in names]
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert [value for value, _problem in found] == bodies
    assert len([one for one in sent if "FROM body" in one]) == 1


@pytest.mark.parametrize(
    ("model", "name", "value", "text"),
    [
        (Occupation, "digital", True, "是"),
        (Candidate, "gender", "1", "男"),
        (Occupation, "depth", 4, "细类（职业）"),
        (ExamSession, "theory_start", datetime(2021, 4, 24, 9, 5), "2021-04-24 09:05"),
        (Plan, "planned_from", date(2021, 4, 24), "2021-04-24"),
        (Score, "theory", Decimal("85.5"), "85.5"),
        (Plan, "planned_from", None, ""),
        (Score, "theory_state", "absent", "缺考"),
    ],
)
def test_a_written_value_reads_back_as_itself(
    db: DB, model: type[Any], name: str, value: Any, text: str
) -> None:
    reader = Reader(db, model)
    assert reader.write(name, value) == text
    assert reader.read(name, text) == (value, None)


def test_written_records_read_back_as_themselves(db: DB) -> None:
    body = factories.body(db)
    one = db.query(BodyScope).first()
    assert one is not None
    reader = Reader(db, BodyScope)
    for name in ("body", "occupation", "work_type", "highest_level"):
        value = getattr(one, name)
        beside = {"occupation": one.occupation}
        assert reader.read(name, reader.write(name, value), beside) == (value, None)
    assert Reader(db, Body).read("region", str(body.region)) == (body.region, None)
