"""For whom does a record wait?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.core.declarations.behaviour import procedure_of, procedures
from app.core.roles import TITLES, Actor
from app.core.workflow.worklist import expected, waiting
from app.roles import AUDITOR, CITY_ADMIN, CITY_CLERK, PROVINCE_ADMIN, SYSTEM_ADMIN, Officer
from tests.factories import BAODING, PROVINCE, TANGSHAN, actor, batch, body, centre, clerk
from tests.procedure import publicity, ready_batch, take


def counts(session: Session, who: Actor) -> dict[tuple[str, str], int]:
    return {(one.procedure.entity, one.state.name): one.count for one in waiting(session, who)}


def at(session: Session, role: str, code: str) -> Actor:
    return actor(role, at=centre(session, code))


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """What was asked of the database."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


def test_a_submitted_batch_waits_for_the_centre_of_its_place_alone(session: Session) -> None:
    take(session, ready_batch(session), "submitted")
    assert counts(session, at(session, CITY_ADMIN, TANGSHAN)) == {("Batch", "submitted"): 1}
    assert counts(session, at(session, CITY_ADMIN, BAODING)) == {}
    assert counts(session, at(session, PROVINCE_ADMIN, PROVINCE)) == {}


def test_only_those_who_may_take_the_step_are_waited_for(session: Session) -> None:
    take(session, ready_batch(session), "submitted")
    for role in (CITY_CLERK, SYSTEM_ADMIN, AUDITOR):
        assert counts(session, at(session, role, TANGSHAN)) == {}


def test_a_filed_batch_waits_for_the_clerk_of_its_body_though_a_centre_may_stand_in(
    session: Session,
) -> None:
    of = body(session)
    take(session, ready_batch(session, of), "filed")
    assert counts(session, clerk(of)) == {("Batch", "filed"): 1}
    assert counts(session, clerk(body(session, "OTHER"))) == {}
    # The city has but to supervise it.
    assert counts(session, at(session, CITY_ADMIN, TANGSHAN)) == {("Inspection", "planned"): 1}


def test_a_draft_waits_for_nobody(session: Session) -> None:
    of = body(session)
    batch(session, of)
    assert counts(session, clerk(of)) == {}


def test_an_open_publicity_and_its_batch_wait_for_the_clerk(session: Session) -> None:
    of = body(session)
    publicity(session, take(session, ready_batch(session, of), "publicising"))
    assert counts(session, clerk(of)) == {("Batch", "publicising"): 1, ("Publicity", "open"): 1}


def test_reviewed_results_wait_for_the_centre_that_files_them(session: Session) -> None:
    take(session, ready_batch(session, body(session, at=PROVINCE)), "results_reviewed")
    assert counts(session, at(session, PROVINCE_ADMIN, PROVINCE)) == {
        ("Batch", "results_reviewed"): 1
    }
    assert counts(session, at(session, CITY_ADMIN, TANGSHAN)) == {("Inspection", "planned"): 1}


def test_all_procedures_are_counted_in_one_statement(
    session: Session, statements: list[str]
) -> None:
    who = at(session, CITY_ADMIN, TANGSHAN)
    statements.clear()
    waiting(session, who)
    assert len(statements) == 1


def test_every_waiting_state_has_somebody_who_is_expected_to_end_it() -> None:
    people = [
        Officer(id=1, username=role, name=role, roles=frozenset({role}), centre_id=1)
        for role in TITLES
    ]
    left = [
        (table.entity, state.name)
        for table in procedures().values()
        for state in table.states
        if state.waiting
        and not any(expected(move, who) for move in table.moves_from(state.name) for who in people)
    ]
    assert left == []


def test_what_waits_is_listed_in_the_order_of_the_procedure(session: Session) -> None:
    of = body(session)
    for state in ("examining", "filed"):
        take(session, ready_batch(session, of), state)
    order = [state.name for state in procedure_of("Batch").states]
    listed = [order.index(one.state.name) for one in waiting(session, clerk(of))]
    assert len(listed) == 2
    assert all(first < second for first, second in pairwise(listed))
