"""Does a deleted record come back as it was, with all that went with it, or say why not?"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.bulk import restoring
from app.core.errors import NotFound, NotPermitted, RulesBroken
from app.core.history.history import timeline
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.tables import Change, Remains
from app.models import Assessor, Batch, Candidate, ExamSession, Material, Region, Site, WorkHistory
from app.roles import PROVINCE_ADMIN
from app.services.archive import deleted_files
from tests import factories, procedure

DB = scoped_session[Session]


@pytest.fixture
def batch(db: DB) -> Batch:
    return factories.batch(db, factories.body(db))


def deletion(db: DB, entity: str) -> Change:
    asked = select(Change).where(Change.entity == entity, Change.kind == "delete")
    return db.scalars(asked.order_by(Change.id.desc())).first()


def refused(db: DB, line: Change) -> list[str]:
    with pytest.raises(RulesBroken) as caught:
        restoring.restore(db, SYSTEM, line)
    return [one.code for one in caught.value.problems]


def test_a_candidate_comes_back_with_key_values_and_work_history(db: DB, batch: Batch) -> None:
    (person,) = factories.candidates(db, batch, 1)
    record.add(db, SYSTEM, WorkHistory(candidate=person, started="2015-07", place="一厂"))
    record.add(db, SYSTEM, WorkHistory(candidate=person, started="2018-07", place="二厂"))
    key, number, level = person.id, person.id_number, person.level
    lines = [one.id for one in person.history]
    record.remove(db, SYSTEM, person)
    assert db.scalar(select(func.count()).select_from(WorkHistory)) == 0
    admin = factories.actor(PROVINCE_ADMIN, at=factories.centre(db, factories.PROVINCE))
    with scope.acting(db, admin):
        back: Any = restoring.restore(db, admin, deletion(db, "Candidate"))
    assert isinstance(back, Candidate)
    assert (back.id, back.id_number, back.level, back.batch) == (key, number, level, batch)
    assert [one.id for one in back.history] == lines
    assert timeline(db, back)[0].text.startswith("恢复")
    assert timeline(db, back)[0].who == admin.name


def test_a_session_comes_back_with_its_examiners(db: DB) -> None:
    procedure.ready_batch(db, number=1)
    row = db.scalars(select(ExamSession)).one()
    key, people, day = row.id, [one.id for one in row.assessors], row.exam_date
    assert people
    db.expire_all()
    record.remove(db, SYSTEM, row)
    back: Any = restoring.restore(db, SYSTEM, deletion(db, "ExamSession"))
    db.expire_all()
    assert (back.id, [one.id for one in back.assessors], back.exam_date) == (key, people, day)


def test_an_attached_file_comes_back_with_its_bytes(db: DB, batch: Batch) -> None:
    made = Material(batch=batch, kind="other", filename="证明.pdf", content=b"%PDF", size=4)
    factories.keep(db, made)
    db.expire_all()
    record.remove(db, SYSTEM, made)
    assert db.scalar(select(func.count()).select_from(Remains)) == 1
    back: Any = restoring.restore(db, SYSTEM, deletion(db, "Material"))
    db.expire_all()
    assert (back.content, back.filename) == (b"%PDF", "证明.pdf")
    assert db.scalar(select(func.count()).select_from(Remains)) == 0


def test_a_file_of_a_destroyed_archive_is_gone_for_good(db: DB, batch: Batch) -> None:
    other = factories.batch(db, batch.body)
    for of in (batch, other):
        made = Material(batch=of, kind="other", filename="证明.pdf", content=b"%PDF", size=4)
        factories.keep(db, made)
        record.remove(db, SYSTEM, made)
    deleted_files.destroy(db, [batch.id])
    assert db.scalar(select(func.count()).select_from(Remains)) == 1
    restoring.restore(db, SYSTEM, deletion(db, "Material"))
    assert [one.batch_id for one in db.scalars(select(Material))] == [other.id]


def test_a_value_taken_by_now_keeps_the_record_away(db: DB, batch: Batch) -> None:
    (person,) = factories.candidates(db, batch, 1)
    record.remove(db, SYSTEM, person)
    factories.candidates(db, batch, 1)  # the same invented person
    assert refused(db, deletion(db, "Candidate")) == ["duplicate"]


def test_a_parent_that_is_gone_has_to_come_back_first(db: DB) -> None:
    body = factories.body(db)
    site = Site(body=body, name="一号考点", region=factories.one(db, Region, code="130200"))
    factories.keep(db, site)
    batch = factories.batch(db, body)
    (person,) = factories.candidates(db, batch, 1)
    record.remove(db, SYSTEM, person)
    line = deletion(db, "Candidate")
    record.remove(db, SYSTEM, batch)
    assert refused(db, line) == ["parent_gone"]
    restoring.restore(db, SYSTEM, deletion(db, "Batch"))
    restoring.restore(db, SYSTEM, line)
    assert db.scalar(select(func.count()).select_from(Candidate)) == 1


def test_nothing_comes_back_into_a_closed_batch(db: DB) -> None:
    batch = procedure.ready_batch(db, number=3)
    gone = db.scalars(select(Candidate).where(Candidate.batch_id == batch.id)).first()
    assert gone is not None
    db.info["operation"] = ""
    spare = Candidate(
        batch=batch, name="曹怡", gender="1", id_number="130203198209232773",
        occupation=gone.occupation, work_type=gone.work_type, level=gone.level,
    )  # fmt: skip
    record.add(db, SYSTEM, spare)
    record.remove(db, SYSTEM, spare)
    procedure.take(db, batch, "submitted")
    assert refused(db, deletion(db, "Candidate")) == ["wrong_state"]


def test_only_an_administrator_restores_and_only_once(db: DB) -> None:
    card = factories.assessor(db)
    record.remove(db, SYSTEM, card)
    line = deletion(db, "Assessor")
    clerk = factories.clerk(factories.body(db))
    with pytest.raises(NotPermitted):
        restoring.restore(db, clerk, line)
    restoring.restore(db, SYSTEM, line)
    assert db.scalar(select(func.count()).select_from(Assessor)) == 1
    with pytest.raises(NotFound, match="已经恢复"):
        restoring.restore(db, SYSTEM, line)
