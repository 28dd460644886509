"""Does a new row ever inherit what a deleted one left behind: its history, its uploads?"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session, scoped_session

from app.core import importing, scope
from app.core.history import history
from app.core.records import record
from app.models import Batch, Body
from tests import factories

DB = scoped_session[Session]

ROSTER = "姓名,身份证号\n吴桐,130203199001011237\n".encode()


def a_batch(db: DB, of: Body) -> tuple[Batch, Any]:
    clerk = factories.clerk(of)
    made = Batch(body=of, name="批次", exam_date=factories.EXAM)
    with scope.acting(db, clerk):
        record.add(db, clerk, made)
    return made, clerk


def test_the_next_batch_has_no_history_and_no_uploads_of_a_deleted_one(db: DB) -> None:
    ours, theirs = factories.body(db, "OURS"), factories.body(db, "THEIRS")
    gone, clerk = a_batch(db, theirs)
    key = gone.id
    with scope.acting(db, clerk):
        importing.stage(db, clerk, gone, "roster", ROSTER, "绝密名册.csv")
        record.remove(db, clerk, gone)
    made, clerk = a_batch(db, ours)
    with scope.acting(db, clerk):
        assert made.id > key
        assert importing.runs_of(db, made) == []
        assert {event.who for event in history.timeline(db, made)} == {clerk.name}
