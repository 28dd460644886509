"""Does the upgrade write down what the publicities of before must have said?"""

from __future__ import annotations

from flask_migrate import downgrade, upgrade
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.roles import SYSTEM
from app.models import Objection, Publicity, PublishedResult
from tests import procedure
from tests.procedure import DAYS

DB = scoped_session[Session]
BEFORE = "0021"


def said(db: DB) -> list[tuple[int, str, str, str, bool]]:
    """What is public of whom, in order."""
    with scope.acting(db, SYSTEM):
        rows = db.scalars(select(PublishedResult).order_by(PublishedResult.id)).all()
        return [(one.serial, one.name, one.id_number, one.level, one.passed) for one in rows]


def test_what_was_public_is_public_after_the_upgrade(session: DB) -> None:
    batch = procedure.take(session, procedure.ready_batch(session), "publicising", failing=[1])
    publicity = procedure.publicity(session, batch)
    with scope.acting(session, SYSTEM):
        session.add(
            Objection(
                no="YY-1", publicity=publicity, raised_on=DAYS["publicising"],
                content="年限", state="received",
            )
        )  # fmt: skip
        session.add(Publicity(no="GS-2", batch=batch, place="取消的", state="cancelled"))
        session.commit()
    before, key = said(session), batch.id
    assert [passed for *_, passed in before] == [False, True, True]
    session.remove()
    downgrade(revision=BEFORE)
    upgrade()
    assert said(session) == before
    with scope.acting(session, SYSTEM):
        kept = session.scalars(select(PublishedResult)).all()
        assert {one.result for one in kept} == {""}
        assert {one.publicity.batch_id for one in kept} == {key}
        assert {one.publicity.state for one in kept} == {"open"}
        assert session.scalars(select(Objection)).one().candidate_id is None
