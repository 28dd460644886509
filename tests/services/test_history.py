"""Does the time line tell what happened in words that staff read?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.bulk import row_changes, row_edit
from app.core.history.history import Event, FieldChange, timeline
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.workflow import moves
from app.models import Batch, ExamSession, Score
from tests import factories, procedure

DB = scoped_session[Session]


@pytest.fixture
def batch(db: DB) -> Batch:
    return factories.batch(db, factories.body(db))


def changes(events: list[Event]) -> list[FieldChange]:
    return [change for event in events for change in event.changes]


def test_steps_and_changes_stand_on_one_line_newest_first(db: DB, batch: Batch) -> None:
    clerk = factories.clerk(batch.body)
    with scope.acting(db, clerk):
        with clock.set_to(date(2021, 4, 13)):
            batch.name = "改名"
            record.edit(db, clerk, batch)
        with clock.set_to(date(2021, 4, 14)):
            moves.act(db, clerk, batch, "withdraw", "企业停产")
        events = timeline(db, batch)
    assert [event.at.date() for event in events] == sorted(
        (event.at.date() for event in events), reverse=True
    )
    assert (events[0].text, events[0].note) == ("终止：草稿 → 已终止", "企业停产")
    assert (events[0].who, events[0].kind) == (clerk.name, "red")
    assert events[1].text == "修改"
    assert events[1].changes == (FieldChange("批次名称", "春季认定", "改名"),)


def test_a_reference_is_shown_by_its_name_and_an_empty_value_as_empty(db: DB, batch: Batch) -> None:
    employer = factories.enterprise(db, "甲厂")
    batch.enterprise = employer
    batch.mode = "process"
    record.edit(db, SYSTEM, batch)
    entries = {
        change.label: (change.before, change.after) for change in changes(timeline(db, batch))
    }
    assert entries["委托企业"] == ("（空）", "甲厂")
    assert entries["评价方式"] == ("考核鉴定", "过程化考核")


def test_yes_and_no_are_words(db: DB, batch: Batch) -> None:
    batch.promise_public = True
    record.edit(db, SYSTEM, batch)
    assert FieldChange("待遇承诺已公开", "否", "是") in changes(timeline(db, batch))


def test_numbers_of_people_are_masked(db: DB, batch: Batch) -> None:
    (person,) = factories.candidates(db, batch, 1)
    before, old_phone = person.id_number, person.phone
    person.id_number, person.gender = "130203198209232773", "1"
    person.phone = "13888572013"
    record.edit(db, SYSTEM, person)
    entries = {change.label: change for change in changes(timeline(db, person))}
    shown = entries["身份证号"]
    assert before not in shown.before
    assert "198209" not in shown.after
    assert "*" in shown.before
    assert "*" in shown.after
    assert old_phone not in entries["联系电话"].before


def test_marks_and_states_of_papers_are_reported(db: DB) -> None:
    batch = procedure.take(db, procedure.ready_batch(db, number=1), "examining")
    procedure.give_scores(db, batch)
    score = db.scalars(select(Score)).one()
    score.theory, score.theory_state = None, "absent"
    record.edit(db, SYSTEM, score)
    entries = {
        change.label: (change.before, change.after) for change in changes(timeline(db, score))
    }
    assert entries["理论情况"] == ("正常", "缺考")
    assert Decimal(entries["理论成绩"][0]) == 80
    assert entries["理论成绩"][1] == "（空）"
    assert entries["结论"] == ("合格", "不合格")


def test_a_change_of_examiners_is_reported_by_their_names(db: DB) -> None:
    batch = procedure.ready_batch(db, number=1)
    row = db.scalars(select(ExamSession)).one()
    old = "、".join(sorted(one.name for one in row.assessors))
    new = factories.assessor(db, None)
    name = new.name
    row.assessors = [new]
    record.edit(db, SYSTEM, row)
    assert batch.state == "draft"
    assert FieldChange("考评员", old, name) in changes(timeline(db, row))


def test_the_day_that_a_step_sets_stands_in_the_entry_of_the_step(db: DB) -> None:
    batch = procedure.ready_batch(db, number=1)
    with clock.set_to(date(2021, 4, 12)):
        moves.act(db, SYSTEM, batch, "submit")
    events = timeline(db, batch)
    step = next(event for event in events if event.text.startswith("报送备案"))
    assert ("报送日期", "（空）", "2021-04-12") in [
        (one.label, one.before, one.after) for one in step.changes
    ]
    assert "修改" not in [event.text for event in events if event.at == step.at]


def test_an_entry_names_the_act_over_many_rows_that_it_was_part_of(db: DB, batch: Batch) -> None:
    people = factories.candidates(db, batch, 2)
    edits = [row_edit.RowEdit(one.id, {"post": "焊工"}) for one in people]
    written = row_changes.write(db, SYSTEM, type(people[0]), edits, source="bulk")
    last = timeline(db, people[0])[0]
    assert last.changes == (FieldChange("现从事岗位", "操作工", "焊工"),)
    assert last.operation is not None
    assert (last.operation.name, last.operation.title) == (written.operation, "批量修改 2 条")


def test_a_moment_is_told_to_the_minute(db: DB) -> None:
    procedure.ready_batch(db, number=1)
    row = db.scalars(select(ExamSession)).one()
    row.theory_start = datetime(2021, 4, 24, 9, 30)
    record.edit(db, SYSTEM, row)
    assert "2021-04-24 09:30" in [change.after for change in timeline(db, row)[0].changes]


def test_a_long_history_shows_its_latest_part(db: DB, batch: Batch) -> None:
    for number in range(8):
        batch.name = f"第{number}次"
        record.edit(db, SYSTEM, batch)
    events = timeline(db, batch, limit=3)
    assert len(events) == 3


def test_another_record_with_the_same_number_does_not_show(db: DB, batch: Batch) -> None:
    plan = factories.plan(db, batch.body)
    assert plan.id == batch.id
    assert "公布：草稿 → 已公布" in [event.text for event in timeline(db, plan)]
    assert "公布：草稿 → 已公布" not in [event.text for event in timeline(db, batch)]


def test_what_happened_later_in_the_same_second_stands_above(db: DB) -> None:
    with clock.set_to(date(2021, 4, 12)):
        batch = procedure.ready_batch(db, number=1)
        moves.act(db, SYSTEM, batch, "submit")
        moves.act(db, SYSTEM, batch, "return", "缺考场证明")
        moves.act(db, SYSTEM, batch, "submit", "已交纸质件\n系统里不用改")
    entries = [event.text for event in timeline(db, batch) if "：" in event.text]
    assert [text.partition("：")[0] for text in entries] == ["报送备案", "退回修改", "报送备案"]
    assert entries[-1] == "报送备案：草稿 → 已提交"


def test_a_beginning_is_reported_once(db: DB, batch: Batch) -> None:
    assert [event.text for event in timeline(db, batch)] == ["新增"]
