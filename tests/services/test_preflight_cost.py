"""Does the check before filing send as many statements for 400 candidates as for 20?"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.roles import Actor
from app.models import Batch, Candidate
from app.services.filing import filing
from tests import factories, procedure
from tests.services.test_cost import statements

DB = scoped_session[Session]
LEVELS = ("5", "4", "3", "2", "1")


def checked(db: DB, number: int) -> tuple[Counter[str], int]:
    """What the check of a faulty batch of that many sends, as its clerk, and what it finds.

    Everyone stands on a second roster too, and nobody has a telephone that works.
    """
    body = factories.body(db, f"B{number}")
    exam = factories.EXAM + timedelta(days=number)
    made = [
        procedure.ready_batch(db, body, number, seed=number, levels=LEVELS, exam=exam)
        for _ in range(2)
    ]
    db.execute(update(Candidate).where(Candidate.batch_id == made[0].id).values(phone="12"))
    db.commit()
    key, clerk = made[0].id, factories.clerk(body)
    db.expunge_all()
    with scope.acting(db, clerk):
        return _sent(db, key, clerk)


def _sent(db: DB, key: int, clerk: Actor) -> tuple[Counter[str], int]:
    batch = db.scalars(select(Batch).where(Batch.id == key)).one()
    found: list[int] = []

    def work() -> None:
        with clock.set_to(factories.FILED):
            found.extend(len(one.numbers) for one in filing.problems(db, batch))

    return Counter(statements(work)), max(found)


def test_the_check_costs_the_same_however_many_candidates(db: DB) -> None:
    few, named = checked(db, 20)
    many, all_named = checked(db, 400)
    assert (named, all_named) == (20, 400)
    assert many == few
    assert sum(few.values()) < 45
