"""Is the right person found where no name is given?"""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.accounts import acting
from app.core.declarations.behaviour import procedure_of
from app.core.errors import NotFound, NotPermitted
from app.core.roles import COMMAND
from app.core.workflow import moves
from app.models import AppUser, Batch, Objection
from app.roles import (
    AUDITOR,
    BODY_CLERK,
    CITY_ADMIN,
    CITY_CLERK,
    PROVINCE_ADMIN,
    SYSTEM_ADMIN,
    Officer,
)
from app.services.demonstration import stand_ins
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]


@pytest.fixture
def batch(db: DB) -> Batch:
    return procedure.ready_batch(db, number=1)


@pytest.fixture
def staff(db: DB, batch: Batch) -> dict[str, AppUser]:
    """One user of every kind."""
    here, there, province = (
        factories.centre(db, code)
        for code in (factories.TANGSHAN, factories.BAODING, factories.PROVINCE)
    )
    other = factories.body(db, "OTHER")
    return {
        "auditor": factories.user(db, AUDITOR, at=province),
        "admin": factories.user(db, SYSTEM_ADMIN, at=province),
        "far": factories.user(db, CITY_ADMIN, at=there),
        "other clerk": factories.user(db, BODY_CLERK, body=other),
        "officer": factories.user(db, CITY_CLERK, at=here),
        "clerk": factories.user(db, BODY_CLERK, body=batch.body),
        "province": factories.user(db, PROVINCE_ADMIN, at=province),
        "city": factories.user(db, CITY_ADMIN, at=here),
    }


def chosen(db: DB, item: object, move: str) -> int | None:
    table = procedure_of(type(item).__name__)
    return stand_ins.authority(db, table, item, table.move(move)).id


@pytest.mark.parametrize(
    ("move", "who"),
    [
        ("submit", "clerk"),
        ("recall", "clerk"),
        ("withdraw", "clerk"),
        ("reinstate", "city"),
        ("file", "city"),
        ("return", "city"),
        ("review_results", "city"),
        ("register", "province"),
        ("certify", "clerk"),
        ("archive", "clerk"),
        ("resume", "province"),
    ],
)
def test_each_move_of_a_batch_has_its_person(
    db: DB, batch: Batch, staff: dict[str, AppUser], move: str, who: str
) -> None:
    assert chosen(db, batch, move) == staff[who].id


def test_who_submitted_is_passed_over_as_reviewer(
    db: DB, batch: Batch, staff: dict[str, AppUser]
) -> None:
    procedure.take(db, batch, "submitted")
    with clock.set_to(DAYS["filed"]):
        moves.act(db, acting.actor_of(staff["city"]), batch, "return", "缺材料")
        moves.act(db, acting.actor_of(staff["city"]), batch, "submit", "已补\n无须改动")
    assert chosen(db, batch, "file") == staff["province"].id


def test_what_a_clerk_may_send_in_is_left_to_a_clerk_where_the_body_has_none(
    db: DB, staff: dict[str, AppUser]
) -> None:
    lonely = factories.body(db, "LONELY", at=factories.TANGSHAN, state="draft")
    assert chosen(db, lonely, "submit") == staff["officer"].id


def test_where_all_reviewers_submitted_another_is_asked_for(db: DB, batch: Batch) -> None:
    city = factories.user(db, CITY_ADMIN, at=factories.centre(db, factories.TANGSHAN))
    procedure.take(db, batch, "submitted")
    with clock.set_to(DAYS["filed"]):
        moves.act(db, acting.actor_of(city), batch, "return", "缺材料")
        moves.act(db, acting.actor_of(city), batch, "submit", "已补\n无须改动")
    with pytest.raises(NotPermitted, match="请由另一名管理员办理"):
        chosen(db, batch, "file")


def test_without_anyone_of_authority_it_is_said_so(db: DB, batch: Batch) -> None:
    factories.user(db, CITY_ADMIN, at=factories.centre(db, factories.BAODING))
    with pytest.raises(NotPermitted, match="没有有权办理“审核并备案”的用户"):
        chosen(db, batch, "file")


def test_an_inactive_user_is_nobody(db: DB, batch: Batch, staff: dict[str, AppUser]) -> None:
    staff["city"].active = False
    db.commit()
    assert chosen(db, batch, "file") == staff["province"].id
    with pytest.raises(NotFound, match="已停用"):
        acting.actor_for(db, staff["city"].username)


def test_an_objection_is_decided_by_the_city_of_its_batch(
    db: DB, batch: Batch, staff: dict[str, AppUser]
) -> None:
    procedure.take(db, batch, "publicising")
    shown = procedure.publicity(db, batch)
    objection = factories.keep(
        db,
        Objection(no="1", publicity=shown, raised_on=DAYS["publicising"], content="x",
                  state="received"),
    )  # fmt: skip
    assert chosen(db, shown, "close") == staff["clerk"].id
    assert chosen(db, objection, "reject") in {
        staff["city"].id,
        staff["officer"].id,
        staff["province"].id,
    }


def test_the_clerk_of_a_body_and_the_officer_of_a_centre(
    db: DB, batch: Batch, staff: dict[str, AppUser]
) -> None:
    assert stand_ins.clerk_of_body(db, batch.body_id).id == staff["clerk"].id
    assert stand_ins.officer_of(db, factories.centre(db).id).id == staff["officer"].id
    nowhere = factories.centre(db, "130100")
    assert stand_ins.officer_of(db, nowhere.id).id == staff["province"].id
    empty = factories.body(db, "EMPTY")
    with pytest.raises(NotFound, match="还没有可用的用户"):
        stand_ins.clerk_of_body(db, empty.id)


def test_an_actor_carries_what_bounds_the_view(db: DB, staff: dict[str, AppUser]) -> None:
    scope.bind(db, None)
    found = acting.actor_for(db, staff["city"].username.upper(), COMMAND)
    assert found == Officer(
        id=staff["city"].id,
        username=staff["city"].username,
        name=staff["city"].get_full_name(),
        roles=frozenset({CITY_ADMIN}),
        centre_id=factories.centre(db).id,
        centre_level="city",
        source="command",
    )
    assert {one.id for one in stand_ins.all_actors(db)} >= {user.id for user in staff.values()}
