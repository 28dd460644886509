"""What do the figures count, and what happened last within one's scope?"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.core import scope
from app.core.roles import SYSTEM, Actor
from app.core.workflow.recent import Happened, recent
from app.roles import PROVINCE_ADMIN
from app.services.overview import Figures, figures
from tests.factories import PROVINCE, actor, body, centre, clerk
from tests.procedure import ready_batch, take

DAY = date(2021, 5, 20)


def latest(session: Session, who: Actor, limit: int = 10) -> list[Happened]:
    with scope.acting(session, who):
        return recent(session, who, limit)


def test_open_batches_and_the_numbers_of_the_year_are_counted(session: Session) -> None:
    of = body(session)
    ready_batch(session, of)
    take(session, ready_batch(session, of, 4, seed=9), "archived")
    with scope.acting(session, clerk(of)):
        assert figures(session, DAY) == Figures(1, 1, 2, 4)
        assert figures(session, date(2022, 1, 1)) == Figures(1, 1, 0, 0)


def test_figures_end_at_ones_scope(session: Session) -> None:
    take(session, ready_batch(session), "archived")
    with scope.acting(session, clerk(body(session, "OTHER"))):
        assert figures(session, DAY) == Figures(1, 0, 0, 0)


def test_the_latest_step_comes_first(session: Session) -> None:
    of = body(session)
    made = take(session, ready_batch(session, of), "filed")
    # Filing also puts the city's supervision on its list.
    steps = [one for one in latest(session, clerk(of)) if one.step.entity == "Batch"]
    assert [one.step.move for one in steps[:2]] == ["file", "submit"]
    assert steps[0].record is made or steps[0].record.id == made.id
    assert len(latest(session, clerk(of), limit=1)) == 1


def test_steps_of_others_are_not_reported(session: Session) -> None:
    take(session, ready_batch(session), "filed")
    other = clerk(body(session, "OTHER"))
    assert [one for one in latest(session, other) if one.step.entity == "Batch"] == []


def test_the_province_hears_of_everything(session: Session) -> None:
    take(session, ready_batch(session), "filed")
    who = actor(PROVINCE_ADMIN, at=centre(session, PROVINCE))
    assert {one.step.move for one in latest(session, who)[:2]} == {"file", "create"}
    assert [one.step.id for one in latest(session, SYSTEM)] == [
        one.step.id for one in latest(session, who)
    ]


def test_certificates_do_not_drown_the_rest(session: Session) -> None:
    of = body(session)
    take(session, ready_batch(session, of, 12), "certified")
    assert {one.step.entity for one in latest(session, clerk(of))} <= {"Batch", "Plan", "Publicity"}
