"""Is what a batch needs for its filing registered by the right people, and only where it lacks?"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.accounts import acting
from app.core.roles import Actor
from app.core.workflow import moves
from app.models import Body, Enterprise, ExamPaper, Inspection, Material, PrintingAgreement
from app.roles import BODY_CLERK, CITY_ADMIN, CITY_CLERK
from app.rules.reference.credit_code import credit_code_problems
from app.services.demonstration import preparations
from app.services.filing import filing
from app.services.sign_up import sign_up
from tests import factories, procedure

DB = scoped_session[Session]
EXAM = factories.EXAM


@pytest.fixture
def body(db: DB) -> Body:
    made = factories.body(db)
    factories.user(db, CITY_ADMIN, at=factories.centre(db))
    factories.user(db, CITY_CLERK, at=factories.centre(db))
    return made


@pytest.fixture
def clerk(db: DB, body: Body) -> Actor:
    return acting.actor_of(factories.user(db, BODY_CLERK, body=body), "test")


def test_an_unknown_enterprise_is_registered_once_with_a_well_formed_code(
    db: DB, body: Body, clerk: Actor
) -> None:
    with scope.acting(db, clerk), clock.set_to(factories.FILED):
        first = preparations.enterprise_named(db, clerk, body, "新厂")
        again = preparations.enterprise_named(db, clerk, body, "新厂")
    assert first is again
    assert credit_code_problems(first.credit_code) == []
    assert (first.registered_by, first.city_centre) == (body, body.city_centre)
    assert db.scalar(select(func.count()).select_from(Enterprise)) == 1


def test_a_commission_is_asked_by_the_body_and_issued_by_the_centre(
    db: DB, body: Body, clerk: Actor
) -> None:
    with scope.acting(db, clerk), clock.set_to(factories.FILED):
        employer = preparations.enterprise_named(db, clerk, body, "新厂")
        letter = preparations.commission(db, clerk, body, employer)
    assert letter.state == "commissioned"
    assert letter.letter_no
    by = {step.move: step.actor_id for step in moves.steps_of(db, letter)}
    assert by["submit"] == clerk.id
    assert by["commission"] not in (clerk.id, None)


def test_an_agreement_in_force_is_used_and_a_lapsed_one_replaced(
    db: DB, body: Body, clerk: Actor
) -> None:
    with scope.acting(db, clerk), clock.set_to(factories.FILED):
        first = preparations.agreement(db, clerk, body, EXAM)
        assert preparations.agreement(db, clerk, body, EXAM) is first
    with scope.acting(db, clerk), clock.set_to(date(2030, 4, 1)):
        later = preparations.agreement(db, clerk, body, date(2030, 4, 24))
    assert first.signed_on <= EXAM
    assert later is not first
    assert db.scalar(select(func.count()).select_from(PrintingAgreement)) == 2


def test_every_group_of_the_roster_gets_a_paper_and_the_filing_is_content(
    db: DB, body: Body, clerk: Actor
) -> None:
    batch = procedure.ready_batch(
        db, body, 6, levels=("5", "4", "3"), work_types=factories.WORK_TYPES
    )
    for paper in db.scalars(select(ExamPaper)):
        db.delete(paper)
    db.commit()
    with scope.acting(db, clerk), clock.set_to(factories.FILED):
        preparations.papers(db, clerk, batch, preparations.agreement(db, clerk, body, EXAM))
        assert filing.problems(db, batch) == []
    made = db.scalars(select(ExamPaper)).all()
    assert {(one.work_type.name, one.level.digit) for one in made} == {
        (one.work_type, one.level) for one in sign_up.counted(sign_up.people(db, batch))
    }
    assert all(one.copies > 1 for one in made)


def test_the_employers_statement_is_a_file_with_its_digest(
    db: DB, body: Body, clerk: Actor
) -> None:
    batch = procedure.ready_batch(db, body, 1)
    with scope.acting(db, clerk):
        preparations.statement(db, clerk, batch)
    file = db.scalars(select(Material).where(Material.filename == "单位证明及承诺.txt")).one()
    assert file.size == len(file.content)
    assert len(file.digest) == 64
    assert "承诺" in file.content.decode()


def test_the_citys_supervision_is_done_by_its_own_officer(db: DB, body: Body) -> None:
    batch = procedure.take(db, procedure.ready_batch(db, body, 1), "examining")
    with clock.set_to(EXAM):
        preparations.supervision(db, batch)
    check = db.scalars(select(Inspection)).one()
    assert (check.state, check.centre, check.inspected_on) == ("done", batch.city_centre, EXAM)
    assert {step.actor_name for step in moves.steps_of(db, check)} != {"系统"}
