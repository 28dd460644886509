"""Is a value taken that another row has, and not one that the row itself has?"""

from __future__ import annotations

from sqlalchemy.orm import Session, scoped_session

from app.core.records import duplicates
from app.models import Batch
from tests import factories

DB = scoped_session[Session]


def test_a_row_does_not_stand_in_its_own_way(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    key = {"no": batch.no}
    assert duplicates.conflict(db, Batch, [(batch.id, [key])]).code == "conflict"
    assert duplicates.conflict(db, Batch, [(None, [key])]).code == "duplicate"


def test_only_rows_with_the_values_that_are_asked_about_are_read(db: DB) -> None:
    body = factories.body(db)
    first, second = factories.batch(db, body), factories.batch(db, body)
    assert duplicates._stored(db, Batch, ("no",), [(second.no,)]) == {(second.no,): [second.id]}
    assert first.no != second.no
