"""Is a person, a room or an examiner found in others' batches, without telling whose they are?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.declarations.behaviour import procedure_of
from app.core.errors import Problem
from app.models import Batch, Body, Candidate, ExamSession
from app.services.certificates import certificates
from app.services.filing import filing, other_batches
from app.services.filing.other_batches import standing_of
from tests import factories, procedure

DB = scoped_session[Session]


@pytest.fixture
def body(db: DB) -> Body:
    return factories.body(db)


@pytest.fixture
def batch(db: DB, body: Body) -> Batch:
    return procedure.ready_batch(db, body, 2)


@pytest.fixture
def strange(db: DB) -> Batch:
    """A batch of another body in another city, with our first person and our supervisor's hours."""
    other = factories.body(db, "STRANGE", at=factories.BAODING, city=factories.BAODING)
    return procedure.ready_batch(db, other, 2)


def share(db: DB, ours: Batch, theirs: Batch) -> None:
    """The first person, the rooms and the supervisor of ours stand in theirs too."""
    ids = {one.batch_id: one for one in db.scalars(select(Candidate).where(Candidate.serial == 1))}
    ids[theirs.id].id_number = ids[ours.id].id_number
    mine, other = (
        db.scalars(select(ExamSession).where(ExamSession.batch_id == of.id)).one()
        for of in (ours, theirs)
    )
    other.theory_place = mine.theory_place
    other.supervisors = list(mine.supervisors)
    db.commit()


def doubles(db: DB, of: Batch, actor: Any = None) -> list[Problem]:
    number = of.id
    db.expunge_all()
    with clock.set_to(factories.FILED):
        if actor is None:
            return filing.problems(db, db.get_one(Batch, number))
        with scope.acting(db, actor):
            return filing.problems(db, db.get_one(Batch, number))


def test_another_body_is_found_and_not_named(db: DB, batch: Batch, strange: Batch) -> None:
    share(db, batch, strange)
    stand(db, strange, "submitted")
    clerk, secrets = factories.clerk(batch.body), (strange.no, strange.body.name, strange.body.code)
    found = doubles(db, batch, clerk)
    assert {(one.code, one.severity) for one in found} == {
        ("candidate_overlap", "error"),
        ("supervisor_clash", "error"),
    }
    assert not [secret for secret in secrets for one in found if secret in str(one)]
    assert all("另一评价机构的批次" in one.message for one in found)


def test_who_sees_everything_is_told_which_batch(db: DB, batch: Batch, strange: Batch) -> None:
    share(db, batch, strange)
    stand(db, strange, "submitted")
    number = strange.no
    assert all(f"批次{number}" in one.message for one in doubles(db, batch))


def stand(db: DB, of: Batch, state: str) -> None:
    db.execute(update(Batch).where(Batch.id == of.id).values(state=state))
    db.commit()


@pytest.mark.parametrize(
    ("state", "severities"),
    [
        ("draft", {"warning"}),
        ("submitted", {"error"}),
        ("filed", {"error"}),
        ("suspended", {"error"}),
        ("scored", {"warning"}),
        ("archived", {"warning"}),
        ("withdrawn", set()),
    ],
)
def test_how_far_the_other_batch_has_come_decides(
    db: DB, batch: Batch, strange: Batch, state: str, severities: set[str]
) -> None:
    share(db, batch, strange)
    stand(db, strange, state)
    assert {one.severity for one in doubles(db, batch)} == severities


def test_every_state_stands_somewhere() -> None:
    standings = {state.name: standing_of(state.name) for state in procedure_of("Batch").states}
    assert {name for name, one in standings.items() if one == "open"} == {"draft", "returned"}
    assert standings["archived"] == "held"


def test_another_day_is_no_clash(db: DB, body: Body, batch: Batch) -> None:
    later = procedure.ready_batch(db, body, 2, exam=date(2021, 4, 25))
    share(db, batch, later)
    assert doubles(db, batch) == []


def test_who_holds_it_already_holds_the_same_in_force_and_from_elsewhere(
    db: DB, body: Body
) -> None:
    batch = procedure.take(db, procedure.ready_batch(db, body, 2), "certified")
    held = certificates.of_batch(db, batch)[0]
    later = factories.batch(db, body)
    again = factories.candidates(db, later, 2, seed=3)[1]
    day = held.issued_on

    def found(of: Batch = later, before: date = day) -> list[int]:
        db.commit()
        return other_batches.certified_rows(db, of, before)

    assert found() == []
    again.id_number = held.id_number
    assert found() == [2]
    assert found(before=day - timedelta(days=1)) == []
    # The batch's own certificates are no one's earlier ones.
    assert found(batch) == []
    again.level = factories.level(db, "3")
    assert found() == []
    again.level, again.occupation = held.level, factories.work_type(db, "电焊工").occupation
    assert found() == []
    again.occupation = held.occupation
    assert found() == [2]
    procedure.change(db, held, "void", "issued_wrongly")
    assert found() == []
