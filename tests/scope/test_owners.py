"""Who may change a row that they see? Its body, its centre, or the centres above."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.roles import Actor
from tests.scope.oracle import Oracle
from tests.scope.world import World, build, scoped_models

DB = scoped_session[Session]


@pytest.fixture
def world(session: DB) -> World:
    return build(session)


def _registrar(oracle: Oracle, row: Any) -> bool:
    return oracle.own(row.registered_by_id) or oracle.mine(row.city_centre_id)


def _issuer(oracle: Oracle, row: Any) -> bool:
    return oracle.own(row.body_id) or oracle.mine(row.centre_id)


def _of_body(oracle: Oracle, row: Any) -> bool:
    """The body itself, the centre that approved it and the centre of its place."""
    return oracle.own(row.body_id) or oracle.mine(row.body.centre_id, row.body.city_centre_id)


#: Tables where seeing and having the role are not enough.
OWNERS: dict[str, Any] = {
    "Body": lambda oracle, row: oracle.mine(row.centre_id),
    "BodyScope": lambda oracle, row: oracle.mine(row.body.centre_id),
    "BodyNumberRule": lambda oracle, row: oracle.mine(row.body.centre_id),
    "Enterprise": _registrar,
    "Assessor": _issuer,
    "Supervisor": _issuer,
    "Site": _of_body,
    "Plan": _of_body,
    "PlanPassRule": lambda oracle, row: _of_body(oracle, row.plan),
    "PrintingAgreement": _of_body,
    "Commission": lambda oracle, row: _of_body(oracle, row) or oracle.mine(row.centre_id),
    "Inspection": lambda oracle, row: oracle.mine(row.centre_id),
}


def expected(world: World, actor: Actor, row: Any) -> bool:
    oracle, name = Oracle(world, actor), type(row).__name__
    return oracle.all or name not in OWNERS or OWNERS[name](oracle, row)


def test_exactly_these_tables_have_owners() -> None:
    assert {model.__name__ for model in scoped_models() if model.__owner__} == set(OWNERS)


def test_every_actor_may_change_exactly_what_is_theirs(session: DB, world: World) -> None:
    wrong = {}
    for kind, actor in world.actors.items():
        for model in scoped_models():
            for row in world.rows[model.__name__]:
                if scope.owns(actor, row) != expected(world, actor, row):
                    wrong[kind, model.__name__] = row.id
    assert wrong == {}


def test_owning_and_seeing_differ_so_that_this_can_fail(session: DB, world: World) -> None:
    cities = [Oracle(world, world.actors[kind]) for kind in ("city of the place", "other city")]
    for name, owns in OWNERS.items():
        answers = [
            {owns(oracle, row) for row in world.rows[name] if oracle.sees(row)} for oracle in cities
        ]
        assert {True, False} in answers, name


def test_a_row_as_it_was_stored_tells_its_owner_as_the_row_does(session: DB, world: World) -> None:
    for actor in world.actors.values():
        for model in scoped_models():
            keys = [one.key for one in model.__mapper__.column_attrs if one.key.endswith("id")]
            names = [*keys, *scope.parents_that_own(model)]
            for row in world.rows[model.__name__]:
                owned = scope.owned_before(
                    actor, model, {name: getattr(row, name) for name in names}
                )
                assert owned == scope.owns(actor, row), (actor.username, model.__name__)
