"""Does every change leave who, when, what, before and after, in its own transaction?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, scoped_session

from app.core import audit, clock, scope
from app.core.roles import SYSTEM
from app.core.tables import Change
from app.core.tables.packed import lines_of
from app.models import Batch, Body, Enterprise, ExamSession, Level, Material, Score
from tests import factories, procedure

DB = scoped_session[Session]


@pytest.fixture
def db(session: DB) -> DB:
    """A session in which a clerk of the body KESHI acts and sees what the system sees."""
    scope.bind(session, SYSTEM)
    return session


@pytest.fixture
def batch(db: DB) -> Batch:
    return factories.batch(db, factories.body(db))


def lines(db: DB, entity: str = "Batch", kind: str = "edit") -> list[Change]:
    asked = select(Change).where(Change.entity == entity, Change.kind == kind)
    return list(db.scalars(asked.order_by(Change.id)))


def test_a_new_row_is_recorded_with_its_values_and_its_maker(db: DB) -> None:
    clerk = factories.clerk(factories.body(db))
    with scope.acting(db, clerk), clock.set_to(date(2021, 4, 6)):
        region = factories.centre(db).region
        made = Enterprise(
            name="甲厂", credit_code="X", region=region, city_centre=factories.centre(db)
        )
        db.add(made)
        db.commit()
    (line,) = lines(db, "Enterprise", "add")
    assert line.fields["name"] == [None, "甲厂"]
    assert line.fields["region_id"] == [None, region.id]
    assert (line.actor_id, line.actor_name, line.source) == (clerk.id, clerk.name, "test")
    assert (line.record_id, line.title, line.at.date()) == (made.id, "甲厂", date(2021, 4, 6))
    assert made.created_by_id == clerk.id
    assert made.changed_by_id is None


def test_keys_versions_and_marks_are_no_news(db: DB, batch: Batch) -> None:
    (line,) = lines(db, kind="add")
    unwanted = {"id", "version", "created_at", "created_by_id", "changed_at", "changed_by_id"}
    assert unwanted & set(line.fields) == set()


def test_a_change_names_only_what_changed(db: DB, batch: Batch) -> None:
    batch.name = "改名"
    batch.place = ""
    db.commit()
    (line,) = lines(db)
    assert line.fields == {"name": ["春季认定", "改名"]}


def test_what_was_before_is_known_of_rows_that_were_not_read_again(db: DB, batch: Batch) -> None:
    own, other = batch.city_centre_id, factories.centre(db, factories.BAODING)
    db.expire_all()
    batch.exam_date = date(2021, 5, 8)
    batch.city_centre = other
    batch.promise_public = True
    db.commit()
    (line,) = lines(db)
    assert line.fields == {
        "exam_date": ["2021-04-24", "2021-05-08"],
        "city_centre_id": [own, other.id],
        "promise_public": [False, True],
    }


def test_saving_the_same_again_leaves_no_line_and_no_mark(db: DB, batch: Batch) -> None:
    batch.name = batch.name
    db.commit()
    assert lines(db) == []
    assert batch.changed_at is None


def test_a_deletion_keeps_what_was_deleted(db: DB) -> None:
    company = factories.enterprise(db, "甲厂")
    number, code = company.id, company.credit_code
    db.delete(company)
    db.commit()
    (line,) = lines(db, "Enterprise", "delete")
    assert (line.record_id, line.title) == (number, "甲厂")
    assert line.fields["credit_code"] == [code, None]


def test_a_change_of_people_names_them_before_and_after(db: DB) -> None:
    batch = procedure.ready_batch(db, number=1)
    row = db.scalars(select(ExamSession).where(ExamSession.batch_id == batch.id)).one()
    first = row.assessors[0]
    row.assessors = [first]
    db.commit()
    second = factories.assessor(db, None)
    old, new = first.name, second.name
    row.assessors = [second]
    db.commit()
    line = lines(db, "ExamSession")[-1]
    assert line.fields == {"assessors": [old, new], "assessors_ids": [[first.id], [second.id]]}
    row.assessors.append(first)
    db.commit()
    assert lines(db, "ExamSession")[-1].fields["assessors"] == [new, "、".join(sorted([old, new]))]


def test_marks_and_days_are_kept_as_text(db: DB, batch: Batch) -> None:
    (person,) = factories.candidates(db, batch, 1)
    db.add(Score(batch=batch, candidate=person, theory=Decimal("59.5")))
    db.commit()
    assert lines(db, "Score", "add")[0].fields["theory"] == [None, "59.5"]
    assert audit.plain(date(2021, 4, 6)) == "2021-04-06"
    assert audit.plain(b"abc") == "3 字节"


def test_the_content_of_a_file_is_not_copied_into_the_history(db: DB, batch: Batch) -> None:
    db.add(Material(batch=batch, kind="other", filename="a.txt", content=b"secret"))
    db.commit()
    (line,) = lines(db, "Material", "add")
    assert "content" not in line.fields
    assert line.fields["filename"] == [None, "a.txt"]


def test_a_text_called_content_is_recorded_like_any_other(db: DB, batch: Batch) -> None:
    made = factories.commission(db, batch.body, factories.enterprise(db))
    made.content = "车工四级20人"
    db.commit()
    (line,) = lines(db, "Commission")
    assert line.fields == {"content": ["", "车工四级20人"]}


def test_a_change_that_is_undone_leaves_no_line(db: DB, batch: Batch) -> None:
    batch.name = "改名"
    db.flush()
    db.rollback()
    assert lines(db) == []


def test_changes_of_one_act_are_linked(db: DB, batch: Batch) -> None:
    audit.begin_operation(db, "bulk:1")
    batch.name = "改名"
    factories.enterprise(db, "甲厂")
    db.commit()
    assert [line.operation for line in (*lines(db), *lines(db, "Enterprise", "add"))] == [
        "bulk:1",
        "bulk:1",
    ]


def test_a_statement_over_many_rows_is_recorded_row_by_row_in_one_go(db: DB) -> None:
    sent: list[str] = []
    rows = [(number, f"第{number}人", {"post": ["车工", "焊工"]}) for number in range(1, 101)]

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        audit.write(db, "Candidate", "edit", rows)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    db.commit()
    assert len(sent) == 1
    (row,) = lines(db, "Candidate")
    unpacked = lines_of(row)
    assert [(line.record_id, line.title, line.fields) for line in unpacked] == rows
    audit.write(db, "Candidate", "edit", [])
    db.commit()
    assert len(lines(db, "Candidate")) == 1


def test_a_long_title_fits_its_column(db: DB) -> None:
    audit.write(db, "Body", "edit", [(1, "机" * 500, {})])
    db.commit()
    assert len(lines(db, "Body")[0].title) == 200


def test_whoever_acts_inside_a_block_is_the_one_recorded(db: DB, batch: Batch) -> None:
    first, second = factories.clerk(batch.body), factories.clerk(batch.body)
    for actor, name in ((first, "甲"), (second, "乙")):
        with scope.acting(db, actor):
            batch.name = name
            db.commit()
    assert [line.actor_id for line in lines(db)] == [first.id, second.id]
    assert batch.changed_by_id == second.id


def test_rows_of_the_framework_leave_no_line(db: DB) -> None:
    factories.user(db, "auditor", at=factories.centre(db))
    assert db.scalars(select(Change.id).where(Change.entity == "AppUser")).all() == []


def test_installing_twice_records_once(db: DB, batch: Batch) -> None:
    audit.install(db)
    scope.install(db)
    batch.name = "改名"
    db.commit()
    assert len(lines(db)) == 1


def test_reference_rows_are_recorded_like_any_other(db: DB) -> None:
    level = factories.level(db, "6")
    level.active = True
    db.commit()
    assert lines(db, "Level")[0].fields == {"active": [False, True]}
    assert isinstance(level, Level)
    assert db.scalars(select(Body)).all() == []
