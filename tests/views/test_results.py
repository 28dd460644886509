"""Do the tabs and the page of results count for those who see them, and link retakes?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.records import record
from app.core.roles import SYSTEM
from app.models import Batch, Candidate, Score
from app.services.results import scoring
from tests import factories
from tests.views.world import World

DB = scoped_session[Session]


@pytest.fixture
def failed(session: DB, ours: World) -> Batch:
    """A batch of ours whose one candidate failed in practice."""
    made = factories.batch(session, ours.body)
    (person,) = factories.candidates(session, made, 1, seed=5)
    with scope.acting(session, SYSTEM):
        marks = {"theory": Decimal(80), "practical": Decimal(40)}
        record.add(session, SYSTEM, Score(candidate=person, **marks))
        made.state = "scored"
        session.commit()
    return made


@pytest.fixture
def again(session: DB, ours: World, failed: Batch) -> Batch:
    """A later draft batch with the same person."""
    made = factories.batch(session, ours.body, exam=date(2021, 10, 16))
    factories.candidates(session, made, 1, seed=5)
    return made


def test_the_tab_counts_the_batch(clerk: FlaskClient, failed: Batch) -> None:
    page = clerk.get(f"/batch/show/{failed.id}?tab=results").text
    assert "合格率" in page
    assert "0.0%" in page


def test_a_year_is_shown_within_ones_sight(
    clerk: FlaskClient, failed: Batch, theirs: World
) -> None:
    page = clerk.get("/results/?year=2021").text
    assert failed.no in page
    assert theirs.row(Batch).no not in page
    assert failed.no not in clerk.get("/results/?year=2020").text
    assert clerk.get("/results/?year=abc&occupation=%00").status_code == 200


def test_a_retake_is_offered_and_linked_by_a_click(
    session: DB, clerk: FlaskClient, again: Batch
) -> None:
    tab = f"/batch/show/{again.id}?tab=retakes"
    assert "登记可补考的 1 人" in clerk.get(tab).text
    done = clerk.post(f"/retakes/batch/{again.id}", follow_redirects=True)
    assert "已登记 1 人补考" in done.text
    assert "理论 80" in done.text
    with scope.acting(session, SYSTEM):
        session.expire_all()
        (person,) = scoring.candidates_with_scores(session, session.get_one(Batch, again.id))
        assert (person.attempt, scoring.carried(person)) == ("retake", {"theory": Decimal(80)})
        assert isinstance(person.retake_of, Candidate)


def test_nobody_links_the_retakes_of_others(
    clerk: FlaskClient, theirs: World, again: Batch
) -> None:
    assert clerk.post(f"/retakes/batch/{theirs.row(Batch).id}").status_code == 404
    assert clerk.get(f"/retakes/batch/{again.id}").status_code == 405
