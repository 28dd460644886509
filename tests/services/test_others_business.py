"""Does a centre leave alone what it sees only because a body examines in its city?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import NotPermitted, RulesBroken
from app.core.records import editable, record
from app.core.roles import SYSTEM, Actor
from app.core.workflow import moves
from app.models import Batch, Body, Commission, Inspection, Plan, Region, Site
from app.roles import CITY_ADMIN, PROVINCE_ADMIN
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]


@pytest.fixture
def guest(db: DB) -> Body:
    """A body of 唐山 that examines in 保定 too."""
    return factories.body(db, "GUEST", city=factories.TANGSHAN)


@pytest.fixture
def held_there(db: DB, guest: Body) -> Batch:
    there = factories.centre(db, factories.BAODING)
    employer = factories.enterprise(db)
    letter = factories.commission(db, guest, employer)
    with scope.acting(db, SYSTEM), clock.set_to(factories.FILED):
        moves.act(db, SYSTEM, letter, "submit")
        moves.act(db, SYSTEM, letter, "commission")
    return procedure.ready_batch(db, guest, region=there.region, commission=letter)


@pytest.fixture
def baoding(db: DB, held_there: Batch) -> Iterator[Actor]:
    """The administrator of 保定's centre, at work."""
    actor = factories.actor(CITY_ADMIN, at=held_there.city_centre)
    with scope.acting(db, actor):
        yield actor


def the_only(db: DB, model: type[Any]) -> Any:
    """The row of the table that the person at work sees."""
    (row,) = db.query(model).all()
    return row


@pytest.mark.parametrize("model", [Site, Plan, Commission])
def test_what_belongs_to_the_body_is_neither_changed_nor_deleted(
    db: DB, guest: Body, baoding: Actor, model: type[Any]
) -> None:
    with scope.acting(db, SYSTEM):
        region = factories.one(db, Region, code=factories.TANGSHAN)
        factories.keep(db, Site(body=guest, name="实训楼", region=region))
    row = the_only(db, model)
    assert "不归您维护" in editable.may_edit(db, baoding, row)
    for way in (record.edit, record.remove):
        with pytest.raises(NotPermitted):
            way(db, baoding, row)
    home = factories.actor(CITY_ADMIN, at=guest.city_centre)
    with scope.acting(db, home):
        assert "不归您维护" not in editable.may_edit(db, home, the_only(db, model))


def test_a_row_is_not_taken_over_by_naming_a_body_of_ones_own(
    db: DB, guest: Body, baoding: Actor
) -> None:
    own = factories.body(db, "OWN", at=factories.BAODING, city=factories.BAODING)
    with scope.acting(db, SYSTEM):
        made = Plan(title="草稿", body=guest, year=2021, arrangement="", conditions="", content="")
        record.add(db, SYSTEM, made)
    with db.no_autoflush:
        made.body = own
        assert scope.owns(baoding, made)
        with pytest.raises(NotPermitted):
            record.edit(db, baoding, made)


@pytest.mark.parametrize(("model", "move"), [(Plan, "withdraw"), (Commission, "withdraw")])
def test_what_belongs_to_the_body_is_not_withdrawn(
    db: DB, baoding: Actor, model: type[Any], move: str
) -> None:
    row = the_only(db, model)
    before = row.state
    with pytest.raises(NotPermitted, match="不归您办理"):
        moves.act(db, baoding, row, move, "试一试")
    (offer,) = [one for one in moves.offers(db, baoding, row) if one.move.name == move]
    assert (offer.allowed, offer.kind) == (False, "not_permitted")
    assert row.state == before


def test_a_spot_check_of_the_province_is_not_rewritten_by_the_city(
    db: DB, held_there: Batch, baoding: Actor
) -> None:
    with scope.acting(db, SYSTEM):
        procedure.take(db, held_there, "submitted")
        province = factories.centre(db, factories.PROVINCE)
        check = Inspection(
            kind="spot_check", batch=held_there, centre=province, inspected_on=factories.EXAM,
            findings="考场无监控", rectify_by=clock.today(),
        )  # fmt: skip
        record.add(db, SYSTEM, check)
    assert "不归您维护" in editable.may_edit(db, baoding, check)
    with pytest.raises(NotPermitted, match="不归您所在的中心"):
        moves.act(db, baoding, check, "finish")
    inspector = factories.actor(PROVINCE_ADMIN, at=province)
    with scope.acting(db, inspector):
        moves.act(db, inspector, check, "order", "考场无监控")
        with pytest.raises(NotPermitted), scope.acting(db, baoding):
            moves.act(db, baoding, check, "close", "已整改")
    with pytest.raises(RulesBroken, match="归本机构或本中心"):
        record.add(
            db, baoding,
            Inspection(kind="supervision", batch=held_there, centre=province,
                       inspected_on=factories.EXAM),
        )  # fmt: skip


def test_a_spot_check_comes_unannounced(db: DB, held_there: Batch, baoding: Actor) -> None:
    with scope.acting(db, SYSTEM):
        procedure.take(db, held_there, "submitted")
        province = factories.centre(db, factories.PROVINCE)
        check = Inspection(
            kind="spot_check", batch=held_there, centre=province, inspected_on=factories.EXAM,
            findings="考场无监控", rectify_by=clock.today(),
        )  # fmt: skip
        record.add(db, SYSTEM, check)
    examined = factories.clerk(held_there.body)
    for actor in (baoding, examined):
        with scope.acting(db, actor):
            assert db.query(Inspection).all() == []
    with scope.acting(db, SYSTEM):
        moves.act(db, SYSTEM, check, "order", "考场无监控")
    for actor in (baoding, examined):
        with scope.acting(db, actor):
            assert db.query(Inspection).all() == [check]


def test_the_batch_itself_is_the_business_of_the_city_where_it_is_held(
    db: DB, held_there: Batch, baoding: Actor
) -> None:
    with scope.acting(db, SYSTEM):
        procedure.take(db, held_there, "submitted")
    with clock.set_to(DAYS["filed"]):
        moves.act(db, baoding, held_there, "file")
    assert held_there.state == "filed"
