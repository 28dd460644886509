"""Does a statement that would slip past the scope stop instead of answering?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, join, scoped_session

from app.core import scope
from app.core.roles import SYSTEM
from app.models import Batch, Candidate, Level
from app.roles import BODY_CLERK, Officer
from tests import factories, procedure

CLERK = Officer(id=1, username="clerk", name="经办", roles=frozenset({BODY_CLERK}), body_id=1)


@pytest.mark.parametrize(
    "statement",
    [
        select(func.count(Batch.id).filter(Batch.state == "draft")),
        select(func.row_number().over(order_by=Batch.no)),
        select(~Batch.promise_public),
        select(Batch.__table__.c.id),
    ],
)
def test_a_select_that_is_not_taken_for_one_of_entities_is_refused(
    session: scoped_session[Session], statement: Any
) -> None:
    scope.bind(session, CLERK)
    with pytest.raises(TypeError, match="select_from"):
        session.execute(statement)


def test_said_to_be_unscoped_it_answers(session: scoped_session[Session]) -> None:
    scope.bind(session, CLERK)
    statement = select(Batch.__table__.c.id).execution_options(unscoped=True)
    assert session.execute(statement).all() == []


def test_reference_data_are_bounded_for_nobody(session: scoped_session[Session]) -> None:
    scope.bind(session, CLERK)
    assert len(session.execute(select(Level.__table__.c.id)).all()) == 8


OTHER = aliased(Batch)
LOWER = aliased(Level)
TABLE = Batch.__table__


@pytest.mark.parametrize(
    "statement",
    [
        select(Batch.id, OTHER.id).join(OTHER, OTHER.body_id == Batch.body_id),
        select(Candidate.id, OTHER.no).outerjoin(OTHER, OTHER.id == Candidate.batch_id),
        select(Candidate.id).where(
            Candidate.id.in_(select(Candidate.id).join(OTHER, OTHER.id == Candidate.batch_id))
        ),
        select(Candidate.id, TABLE.c.no).join(TABLE, TABLE.c.id == Candidate.batch_id),
        select(Candidate.id).join(TABLE.alias("b"), Candidate.batch_id > 0),
        select(Candidate.id, Batch.no).select_from(join(Candidate, Batch, Candidate.batch)),
        select(Candidate.id).select_from(join(Candidate, OTHER, OTHER.id == Candidate.batch_id)),
    ],
)
def test_a_join_that_sqlalchemy_would_not_bound_is_refused(
    session: scoped_session[Session], statement: Any
) -> None:
    scope.bind(session, CLERK)
    with pytest.raises(TypeError, match="of_type"):
        session.execute(statement)
    assert session.execute(statement.execution_options(unscoped=True)).all() == []


@pytest.mark.parametrize(
    "statement",
    [
        select(OTHER.no).select_from(Candidate).join(Candidate.batch.of_type(OTHER)),
        select(OTHER.no).select_from(Candidate).join(OTHER, Candidate.batch),
        select(OTHER.no).where(OTHER.id == Candidate.batch_id),
        select(OTHER.no),
        select(OTHER.id).where(select(Batch.id).where(Batch.id == OTHER.id).exists()),
        select(select(OTHER.no).subquery()),
    ],
)
def test_an_alias_is_bounded_like_its_table(
    session: scoped_session[Session], statement: Any
) -> None:
    with scope.acting(session, SYSTEM):
        for code in ("MINE", "THEIRS"):
            body = factories.body(session, code)
            procedure.ready_batch(session, body)
        mine = session.scalars(select(Batch.body_id).order_by(Batch.id)).first()
    before = session.execute(statement.execution_options(unscoped=True)).all()
    scope.bind(session, replace(CLERK, body_id=mine))
    found = session.execute(statement).all()
    assert 0 < len(set(found)) < len(set(before))


def test_an_alias_of_reference_data_may_be_joined_by_words(
    session: scoped_session[Session],
) -> None:
    scope.bind(session, CLERK)
    lower = select(Candidate.id).join(LOWER, LOWER.id == Candidate.current_level_id)
    assert session.execute(lower).all() == []
