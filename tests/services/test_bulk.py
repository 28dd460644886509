"""Is what was looked at what is done, once, to exactly those rows?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.bulk import bulk
from app.core.declarations.base import entities
from app.core.declarations.field import describe
from app.core.errors import NotFound, NotPermitted
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.tables import Change, StagedEdit
from app.models import Batch, Candidate, Certificate, ExamSession
from app.roles import AUDITOR
from tests import factories, procedure

DB = scoped_session[Session]


@pytest.fixture
def batch(db: DB) -> Batch:
    return factories.batch(db, factories.body(db))


def staged(db: DB, model: Any, keys: list[int]) -> StagedEdit:
    number = bulk.stage(db, SYSTEM, model, keys, {"post": "焊工"})
    return bulk.staged(db, SYSTEM, model, number)


def test_what_was_previewed_is_what_is_written(db: DB) -> None:
    batch = procedure.ready_batch(db, number=4)
    shut = procedure.take(db, procedure.ready_batch(db, batch.body, 1, seed=50), "submitted")
    people = list(db.scalars(select(Candidate).order_by(Candidate.id)))
    people[0].post = "焊工"
    db.commit()
    kept = staged(db, Candidate, [one.id for one in people])
    values = {"post": "焊工"}
    shown = bulk.preview(db, SYSTEM, Candidate, kept, values)
    assert [one.status for one in shown] == ["unchanged", *["changed"] * 3, "refused"]
    assert shut.no in shown[4].problems[0].message
    done = bulk.confirm(db, SYSTEM, Candidate, kept, values)
    assert [one.status for one in done.results] == [one.status for one in shown]
    assert done.operation
    lines = db.scalars(select(Change).where(Change.operation == done.operation)).all()
    assert len(lines) == 3


def test_a_row_that_was_saved_in_between_is_reported_and_not_overwritten(
    db: DB, batch: Batch
) -> None:
    people = factories.candidates(db, batch, 3)
    kept = staged(db, Candidate, [one.id for one in people])
    clerk = factories.clerk(batch.body)
    with scope.acting(db, clerk):
        people[1].post = "铣工"
        record.edit(db, clerk, people[1])
    record.remove(db, SYSTEM, people[2])
    done = bulk.confirm(db, SYSTEM, Candidate, kept, {"post": "焊工"})
    assert [one.status for one in done.results] == ["changed", "refused", "refused"]
    assert clerk.name in done.results[1].problems[0].message
    assert people[1].post == "铣工"


def test_a_confirmation_counts_once(db: DB, batch: Batch) -> None:
    people = factories.candidates(db, batch, 2)
    kept = staged(db, Candidate, [one.id for one in people])
    number = kept.id
    with pytest.raises(NotFound):
        bulk.staged(db, factories.clerk(batch.body), Candidate, number)
    with pytest.raises(NotFound):
        bulk.staged(db, SYSTEM, Batch, number)
    bulk.confirm(db, SYSTEM, Candidate, kept, {"post": "焊工"})
    with pytest.raises(NotFound):
        bulk.staged(db, SYSTEM, Candidate, number)


def test_an_old_preview_is_swept(db: DB, batch: Batch) -> None:
    keys = [one.id for one in factories.candidates(db, batch, 2)]
    with clock.set_to(clock.today() - timedelta(days=2)):
        old = bulk.stage(db, SYSTEM, Candidate, keys, {})
    with pytest.raises(NotFound):
        bulk.staged(db, SYSTEM, Candidate, old)
    bulk.stage(db, SYSTEM, Candidate, keys, {})
    assert len(db.scalars(select(StagedEdit)).all()) == 1


def test_who_may_not_edit_prepares_nothing(db: DB, batch: Batch) -> None:
    keys = [one.id for one in factories.candidates(db, batch, 2)]
    auditor = factories.actor(AUDITOR, at=factories.centre(db))
    with pytest.raises(NotPermitted):
        bulk.stage(db, auditor, Candidate, keys, {})
    with pytest.raises(NotPermitted, match="没有选中"):
        bulk.stage(db, SYSTEM, Candidate, [], {})
    with pytest.raises(NotPermitted, match="分几次"):
        bulk.stage(db, SYSTEM, Candidate, list(range(1, bulk.MOST + 2)), {})


def test_no_field_that_places_a_row_or_tells_it_apart_is_given_to_many(db: DB) -> None:
    assert bulk.fields_of(Certificate) == ()
    for model in entities():
        names = {one.name for one in bulk.fields_of(model)}
        assert not names & {"state", "batch", "candidate", "publicity"}, model
        alone = {
            column.key
            for column in model.__table__.columns
            if column.unique or column.key == describe(model).title
        }
        assert not names & alone - {"exam_date"}, model


def test_only_what_a_row_can_do_without_is_emptied() -> None:
    place = describe(ExamSession).field("theory_place")
    day = describe(ExamSession).field("exam_date")
    assert bulk.may_be_empty(ExamSession, place)
    assert not bulk.may_be_empty(ExamSession, day)
