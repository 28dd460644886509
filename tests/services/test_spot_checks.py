"""Is a spot check drawn by the province alone, by weight, on record, and repeatably?"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from app.core import clock, scope
from app.core.errors import NotPermitted, RulesBroken
from app.core.records import record
from app.core.roles import SYSTEM, Actor
from app.core.scope import AnySession
from app.core.workflow import moves
from app.models import Batch, Centre, Complaint, Inspection, SpotCheckDraw, SpotCheckEntry
from app.roles import BODY_CLERK, CITY_ADMIN, PROVINCE_CLERK
from app.rules.supervision.draw import Weights
from app.services.supervision import spot_checks
from app.services.supervision.spot_checks import Wish
from tests import factories
from tests.factories import EXAM, PROVINCE
from tests.services.test_cost import statements

DAY = date(2021, 4, 20)
APRIL = (date(2021, 4, 1), date(2021, 4, 30))


@pytest.fixture
def province(session: AnySession) -> Actor:
    return factories.actor(PROVINCE_CLERK, at=factories.centre(session, PROVINCE))


@pytest.fixture
def batches(session: AnySession) -> list[Batch]:
    """Four filed batches of two bodies; the first body has a complaint and an order to rectify."""
    one, two = factories.body(session, "ONE"), factories.body(session, "TWO")
    made = [factories.batch(session, body) for body in (one, one, two, two)]
    keys = [batch.id for batch in made]
    with scope.acting(session, SYSTEM):
        session.execute(update(Batch).where(Batch.id.in_(keys)).values(state="filed"))
        session.commit()
        complaint = Complaint(
            centre=factories.centre(session), batch=made[0], received_on=DAY, channel="letter",
            content="座位未及时更换",
        )  # fmt: skip
        found = Inspection(
            kind="supervision", batch=made[0], centre=factories.centre(session), inspected_on=DAY,
            findings="标识不全", rectify_by=EXAM,
        )  # fmt: skip
        with clock.set_to(DAY):
            record.add(session, SYSTEM, complaint)
            record.add(session, SYSTEM, found)
            moves.act(session, SYSTEM, found, "order", "补齐")
    return made


def drawn(session: AnySession, actor: Actor, wish: Wish) -> SpotCheckDraw:
    with clock.set_to(DAY):
        scope.bind(session, None)
        scope.bind(session, actor)
        return spot_checks.make(session, actor, wish)


def entries(session: AnySession, made: SpotCheckDraw) -> list[SpotCheckEntry]:
    wanted = select(SpotCheckEntry).where(SpotCheckEntry.draw_id == made.id)
    return list(session.scalars(wanted.order_by(SpotCheckEntry.rank)))


def test_a_draw_is_on_record_and_its_inspections_are_planned(
    session: AnySession, province: Actor, batches: list[Batch]
) -> None:
    made = drawn(session, province, Wish(*APRIL, 2, "2021", Weights(2, 3)))
    assert (made.population, made.wanted, made.seed) == (4, 2, "2021")
    rows = entries(session, made)
    assert [one.rank for one in rows] == [1, 2, 3, 4]
    assert [one.chosen for one in rows] == [True, True, False, False]
    # The complaint and the order concern the whole body, so both of its batches weigh more.
    weights = {one.batch.no: (one.complaints, one.findings, one.weight) for one in rows}
    assert [weights[batch.no] for batch in batches] == [(1, 1, 6), (1, 1, 6), (0, 0, 1), (0, 0, 1)]
    planned = [one.inspection for one in rows if one.chosen]
    assert [(one.kind, one.state, one.centre.level) for one in planned if one is not None] == [
        ("spot_check", "planned", "province")
    ] * 2
    assert all(one.inspection is None for one in rows if not one.chosen)
    assert spot_checks.verify(session, made) == []


def test_a_record_that_was_changed_does_not_verify(
    session: AnySession, province: Actor, batches: list[Batch]
) -> None:
    made = drawn(session, province, Wish(*APRIL, 1, "2021"))
    rows = entries(session, made)
    with scope.acting(session, SYSTEM):
        rows[0].chosen, rows[1].chosen = False, True
        session.commit()
    assert [one.code for one in spot_checks.verify(session, made)] == ["draw_repeated"]


def test_a_batch_that_waits_for_its_check_is_not_drawn_again(
    session: AnySession, province: Actor, batches: list[Batch]
) -> None:
    drawn(session, province, Wish(*APRIL, 3))
    second = drawn(session, province, Wish(*APRIL, 1))
    assert second.population == 1
    with pytest.raises(RulesBroken) as refusal:
        drawn(session, province, Wish(*APRIL, 1))
    assert [one.code for one in refusal.value.problems] == ["draw_count"]


def test_only_batches_with_an_exam_day_in_the_period_are_drawn(
    session: AnySession, province: Actor, batches: list[Batch]
) -> None:
    with scope.acting(session, SYSTEM):
        assert len(spot_checks.population(session, EXAM, EXAM)) == 4
        assert spot_checks.population(session, date(2021, 4, 25), date(2021, 5, 1)) == []
        batches[0].exam_end = date(2021, 4, 25)
        batches[1].state = "draft"
        session.commit()
        later = spot_checks.population(session, date(2021, 4, 25), date(2021, 5, 1))
        assert [one.no for one in later] == [batches[0].no]
        assert len(spot_checks.population(session, *APRIL)) == 3


@pytest.mark.parametrize("role", [CITY_ADMIN, BODY_CLERK])
def test_nobody_but_the_province_draws_or_knows(
    session: AnySession, province: Actor, batches: list[Batch], role: str
) -> None:
    made = drawn(session, province, Wish(*APRIL, 1))
    body = batches[0].body if role == BODY_CLERK else None
    person = factories.actor(role, at=None if body else factories.centre(session), body=body)
    with pytest.raises(NotPermitted):
        drawn(session, person, Wish(*APRIL, 1))
    with scope.acting(session, person):
        assert session.get(SpotCheckDraw, made.id, populate_existing=True) is None
        assert session.scalars(select(SpotCheckEntry)).all() == []


def test_a_draw_asks_the_same_number_of_questions_of_any_number_of_batches(
    session: AnySession, province: Actor, batches: list[Batch]
) -> None:
    def reads(number: int) -> int:
        wish = Wish(*APRIL, 1)
        sent = statements(lambda: drawn(session, province, wish))
        return sum(one.startswith("SELECT") for one in sent)

    reads(1)
    few = reads(1)
    body = factories.body(session, "MANY")
    more = [factories.batch(session, body).id for _ in range(12)]
    with scope.acting(session, SYSTEM):
        session.execute(update(Batch).where(Batch.id.in_(more)).values(state="filed"))
        session.commit()
    assert reads(1) == few


def test_the_province_is_one_centre(session: AnySession) -> None:
    with scope.acting(session, SYSTEM):
        found = session.scalars(select(Centre).where(Centre.level == "province")).all()
    assert len(found) == 1
