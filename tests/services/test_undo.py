"""Can an act over many rows be taken back as a whole, and is a later change never lost by it?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.bulk import row_changes, undo
from app.core.bulk.row_edit import RowEdit
from app.core.errors import AppError, NotFound, RulesBroken, WrongState
from app.core.history import operations
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.tables import Change, Operation
from app.core.workflow import moves as workflow
from app.models import Batch, Candidate, Enterprise, ExamSession, Score
from tests import factories, procedure
from tests.services.test_cost import statements

DB = scoped_session[Session]


@pytest.fixture
def batch(db: DB) -> Batch:
    return factories.batch(db, factories.body(db))


def bulk(db: DB, rows: list[Any], source: str = "bulk", **values: Any) -> str:
    edits = [RowEdit(row.id, values, row.version) for row in rows]
    return row_changes.write(db, SYSTEM, type(rows[0]), edits, source=source).operation


def refusal(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(RulesBroken) as caught:
        act()
    return [one.message for one in caught.value.problems]


def title(db: DB, name: str) -> str:
    return operations.named(db, [name])[name].title


def test_a_bulk_edit_is_taken_back_and_done_again(db: DB, batch: Batch) -> None:
    people = factories.candidates(db, batch, 3)
    people[0].post = "铣工"
    db.commit()
    name = bulk(db, people, post="焊工", employer="新单位")
    assert title(db, name) == "批量修改 3 条"
    back = undo.undo(db, SYSTEM, name)
    assert [one.post for one in people] == ["铣工", "操作工", "操作工"]
    assert {one.employer for one in people} == {"冀东机械有限公司"}
    assert (back.title, back.count) == ("撤销 批量修改 3 条", 3)
    assert operations.named(db, [name])[name].undone_by == back.operation
    again = undo.undo(db, SYSTEM, back.operation)
    assert {one.post for one in people} == {"焊工"}
    assert title(db, again.operation) == "重做 批量修改 3 条"
    undo.undo(db, SYSTEM, again.operation)
    assert people[0].post == "铣工"
    assert db.scalar(select(func.count()).select_from(Operation)) == 4


def test_a_row_that_was_changed_since_keeps_the_whole_from_being_undone(
    db: DB, batch: Batch
) -> None:
    people = factories.candidates(db, batch, 3)
    name = bulk(db, people, post="焊工")
    colleague = factories.clerk(batch.body)
    with scope.acting(db, colleague), clock.set_to(date(2021, 4, 13)):
        people[1].post = "铣工"
        record.edit(db, colleague, people[1])
    (message,) = refusal(lambda: undo.undo(db, SYSTEM, name))
    assert people[1].name in message
    assert colleague.name in message
    assert "2021-04-13" in message
    assert "“焊工”改为“铣工”" in message
    assert [one.message for one in undo.obstacles(db, name)] == [message]
    assert [one.post for one in people] == ["焊工", "铣工", "焊工"]


def test_a_change_that_was_taken_back_itself_stands_in_nobodys_way(db: DB, batch: Batch) -> None:
    people = factories.candidates(db, batch, 3)
    first = bulk(db, people, post="焊工")
    second = bulk(db, people, post="铣工", employer="新单位")
    assert len(undo.obstacles(db, first)) == 3
    undo.undo(db, SYSTEM, second)
    assert undo.obstacles(db, first) == []
    undo.undo(db, SYSTEM, first)
    assert {one.post for one in people} == {"操作工"}


def test_what_was_undone_is_not_undone_twice(db: DB, batch: Batch) -> None:
    name = bulk(db, factories.candidates(db, batch, 2), post="焊工")
    back = undo.undo(db, SYSTEM, name)
    with pytest.raises(WrongState, match=r"已由系统于 .* 撤销，.*打开“撤销 批量修改 2 条”"):
        undo.undo(db, SYSTEM, name)
    (obstacle,) = undo.obstacles(db, name)
    assert obstacle.code == "undone"
    undo.undo(db, SYSTEM, back.operation)
    with pytest.raises(WrongState, match=r"已由系统于 .* 重做"):
        undo.undo(db, SYSTEM, back.operation)


def test_a_state_closed_by_now_keeps_its_rows(db: DB) -> None:
    batch = procedure.ready_batch(db, number=2)
    people = list(db.scalars(select(Candidate).where(Candidate.batch_id == batch.id)))
    name = bulk(db, people, employer="新单位")
    procedure.take(db, batch, "submitted")
    messages = refusal(lambda: undo.undo(db, SYSTEM, name))
    assert len(messages) == 2
    assert all(batch.no in one for one in messages)
    assert {one.employer for one in people} == {"新单位"}


def test_rows_of_others_are_not_undone_by_a_stranger(db: DB, batch: Batch) -> None:
    people = factories.candidates(db, batch, 2)
    name = bulk(db, people, post="焊工")
    stranger = factories.clerk(factories.body(db, "OTHER"))
    with scope.acting(db, stranger):
        assert len(refusal(lambda: undo.undo(db, stranger, name))) == 2
    db.expire_all()
    assert {one.post for one in people} == {"焊工"}


def test_days_references_people_and_what_follows_come_back(db: DB) -> None:
    batch = procedure.take(db, procedure.ready_batch(db, number=2), "examining")
    procedure.give_scores(db, batch)
    scores = list(db.scalars(select(Score)))
    name = bulk(db, scores, theory=Decimal(40), theory_state="normal")
    assert {one.outcome for one in scores} == {"failed"}
    undo.undo(db, SYSTEM, name)
    assert {(one.theory, one.outcome) for one in scores} == {(80, "passed")}

    draft = procedure.ready_batch(db, batch.body, 1, seed=30)
    row = db.scalars(select(ExamSession).where(ExamSession.batch_id == draft.id)).one()
    before = (row.exam_date, list(row.assessors), row.level, row.theory_start)
    other = factories.level(db, "3")
    name = bulk(db, [row], exam_date=date(2021, 5, 8), assessors=[], level=other, theory_start=None)
    assert row.assessors == []
    undo.undo(db, SYSTEM, name)
    assert (row.exam_date, list(row.assessors), row.level, row.theory_start) == before


def test_rows_that_were_added_are_deleted_and_come_back_whole(db: DB, batch: Batch) -> None:
    (known,) = factories.candidates(db, batch, 1)
    edits = [
        RowEdit(None, {
            "batch": batch, "name": "张三", "gender": "1", "document_kind": "02",
            "id_number": f"E{place:08d}", "occupation": known.occupation,
            "work_type": known.work_type, "level": known.level,
        })
        for place in range(3)
    ]  # fmt: skip
    written = row_changes.write(db, SYSTEM, Candidate, edits, source="import:名册.xlsx")
    keys = [one.key for one in written.results]
    assert title(db, written.operation) == "导入 名册.xlsx"
    back = undo.undo(db, SYSTEM, written.operation)
    assert db.scalar(select(func.count()).select_from(Candidate)) == 1
    assert back.title == "撤销 导入 名册.xlsx"
    undo.undo(db, SYSTEM, back.operation)
    assert sorted(db.scalars(select(Candidate.id).where(Candidate.name == "张三"))) == keys
    made = db.get_one(Candidate, keys[0])
    assert (made.batch, made.level, made.serial) == (batch, known.level, 2)


def test_rows_that_are_in_use_by_now_stay(db: DB) -> None:
    city = factories.centre(db)
    source = factories.enterprise(db, "甲厂")
    values = {"name": "乙厂", "credit_code": source.credit_code, "region": city.region,
              "city_centre": city}  # fmt: skip
    number = source.id
    db.delete(source)
    db.commit()
    assert number
    written = row_changes.write(
        db, SYSTEM, Enterprise, [RowEdit(None, values)], source="import:厂.xlsx"
    )
    made = db.get_one(Enterprise, written.results[0].key)
    factories.commission(db, factories.body(db), made)
    (message,) = refusal(lambda: undo.undo(db, SYSTEM, written.operation))
    assert "乙厂" in message
    assert "引用" in message


def test_what_is_no_operation_is_not_found(db: DB) -> None:
    with pytest.raises(NotFound):
        undo.undo(db, SYSTEM, "bulk:none")
    with pytest.raises(AppError):
        undo.undo(db, SYSTEM, "")


def test_undoing_asks_as_much_for_many_rows_as_for_few(db: DB) -> None:
    def cost(number: int) -> list[str]:
        batch = factories.batch(db, factories.body(db, f"B{number}"))
        people = factories.candidates(db, batch, number, seed=number)
        name = bulk(db, people, post="焊工")
        db.expunge_all()
        sent = statements(lambda: undo.undo(db, SYSTEM, name))
        return [one for one in sent if not one.startswith("UPDATE candidate")]

    assert cost(40) == cost(2)


def test_steps_are_not_undone(db: DB, batch: Batch) -> None:
    workflow.act(db, SYSTEM, batch, "withdraw", "停产")
    body = procedure.take(db, procedure.ready_batch(db, batch.body, 1, seed=40), "submitted")
    line = db.scalars(select(Change).where(Change.operation.startswith("step:"))).first()
    assert line is not None
    assert body.submitted_on is not None
    with pytest.raises(NotFound):
        undo.undo(db, SYSTEM, line.operation)
