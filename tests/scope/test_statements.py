"""Does a statement that would slip past the scope stop instead of answering?"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app import scope
from app.models import Batch, Level
from app.roles import BODY_CLERK, Actor

CLERK = Actor(id=1, username="clerk", name="经办", roles=frozenset({BODY_CLERK}), body_id=1)


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
