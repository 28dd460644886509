"""Do the dates of a batch run forwards, whoever permits what?"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import RulesBroken
from app.core.roles import SYSTEM
from app.core.workflow import moves
from app.models import Batch
from app.roles import CITY_ADMIN
from tests import factories, procedure
from tests.factories import EXAM

DB = scoped_session[Session]
AFTER = date(2021, 4, 26)


def refused(db: DB, batch: Batch, move: str, day: date, note: str = "") -> list[str]:
    """The codes of the rules for which the system itself may not make the move that day."""
    with clock.set_to(day), pytest.raises(RulesBroken) as found:
        moves.act(db, SYSTEM, batch, move, note)
    return [one.code for one in found.value.problems if one.severity == "error"]


def test_no_filing_is_permitted_or_sent_once_the_exam_has_begun(db: DB) -> None:
    batch = procedure.ready_batch(db)
    city = factories.actor(CITY_ADMIN, at=factories.centre(db, factories.TANGSHAN))
    assert refused(db, batch, "allow_late", EXAM, "停产检修") == ["filing_after_exam"]
    assert refused(db, batch, "submit", AFTER) == ["filing_after_exam"]
    with clock.set_to(date(2021, 4, 22)):
        moves.act(db, city, batch, "allow_late", "停产检修")
    assert refused(db, batch, "submit", AFTER) == ["filing_after_exam"]
    with clock.set_to(date(2021, 4, 23)):
        moves.act(db, SYSTEM, batch, "submit")
    assert batch.state == "submitted"


def test_no_filing_is_reviewed_after_the_exam(db: DB) -> None:
    batch = procedure.take(db, procedure.ready_batch(db), "submitted")
    assert refused(db, batch, "file", AFTER) == ["filing_after_exam"]
    with clock.set_to(AFTER):
        moves.act(db, SYSTEM, batch, "return", "考试日已过，请改期")
    assert batch.state == "returned"


def test_marks_are_not_complete_before_the_last_exam_day(db: DB) -> None:
    batch = procedure.take(db, procedure.ready_batch(db), "examining")
    procedure.give_scores(db, batch)
    with scope.acting(db, SYSTEM):
        # An exam of two days; its second is not in the arrangement that was filed.
        db.execute(update(Batch).values(exam_end=date(2021, 4, 25)))
        db.commit()
    assert refused(db, batch, "score", EXAM) == ["exam_not_over"]
    with clock.set_to(date(2021, 4, 25)):
        moves.act(db, SYSTEM, batch, "score")
    assert batch.state == "scored"
