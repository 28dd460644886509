"""Does every actor see exactly the rows of every table that concern them, however they ask?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased, joinedload, scoped_session

from app.core import scope
from app.core.declarations.base import Entity, entity_named
from app.core.declarations.reach import Linked, Via
from app.core.roles import Actor
from app.models import (
    Batch,
    Body,
    Candidate,
    Centre,
    Certificate,
    Enterprise,
    Inspection,
    Occupation,
)
from tests.scope.oracle import CLAIMS, Oracle
from tests.scope.world import World, build, scoped_models

DB = scoped_session[Session]
Ask = Callable[[DB, Any], set[int]]


@pytest.fixture
def world(session: DB) -> World:
    return build(session)


#: One of each kind of bound, for the ways of asking that take their time.
BOUNDS = ("provincial clerk", "city of the place", "other city", "body", "nobody")


def differences(db: DB, world: World, ask: Ask) -> dict[tuple[str, str], Any]:
    """Where the rows found differ from those that should be seen: (too many, too few)."""
    wrong = {}
    for kind in world.actors if ask is by_select else BOUNDS:
        actor = world.actors[kind]
        scope.bind(db, actor)
        oracle = Oracle(world, actor)
        for model in scoped_models():
            found, right = ask(db, model), oracle.ids(model.__name__)
            if found != right:
                wrong[kind, model.__name__] = (found - right, right - found)
        db.expunge_all()
    return wrong


def by_select(db: DB, model: Any) -> set[int]:
    return set(db.scalars(select(model.id)))


def by_entity(db: DB, model: Any) -> set[int]:
    return {row.id for row in db.scalars(select(model)).unique()}


def by_alias(db: DB, model: Any) -> set[int]:
    other = aliased(model)
    return set(db.scalars(select(other.id)))


def by_key(db: DB, model: Any) -> set[int]:
    everything = select(model.id).execution_options(unscoped=True)
    return {number for number in db.scalars(everything) if db.get(model, number) is not None}


def by_subquery(db: DB, model: Any) -> set[int]:
    inner = select(model.id).scalar_subquery()
    return set(db.scalars(select(model.id).where(model.id.in_(inner))))


def by_exists_of_itself(db: DB, model: Any) -> set[int]:
    other = aliased(model)
    same = exists(select(other.id).where(other.id == model.id))
    return set(db.scalars(select(model.id).where(same)))


def by_join_with_the_tables_of_the_rule(db: DB, model: Any) -> set[int]:
    """The tables through which the rule goes also stand in the question (trap T20)."""
    asked = select(model.id)
    for tie in model.__reach__:
        if isinstance(tie, Via):
            asked = asked.outerjoin(getattr(model, tie.relation))
        if isinstance(tie, Linked):
            other: Any = entity_named(tie.model)
            asked = asked.outerjoin(other, getattr(other, tie.column) == model.id)
    return set(db.scalars(asked))


WAYS = {
    "a column": by_select,
    "whole rows": by_entity,
    "an alias": by_alias,
    "the key": by_key,
    "a subquery of the same table": by_subquery,
    "an exists over the same table": by_exists_of_itself,
    "a join with the tables of the rule": by_join_with_the_tables_of_the_rule,
}


#: Which complaints came in, and where a draw may lead, is no body's business.
CENTRES_ALONE = {"Complaint", "SpotCheckDraw", "SpotCheckEntry"}


def test_every_scoped_table_is_reported_in_the_oracle() -> None:
    assert {model.__name__ for model in scoped_models()} == set(CLAIMS)


def test_the_world_has_rows_to_show_and_rows_to_hide(world: World) -> None:
    """Otherwise the tests below could not fail."""
    shared = {"Enterprise"}
    for kind in ("city of the place", "other city", "body", "other body"):
        oracle = Oracle(world, world.actors[kind])
        for model in scoped_models():
            name, everything = model.__name__, world.ids(model)
            seen = oracle.ids(name)
            if name in CENTRES_ALONE and "body" in kind:
                assert seen == set()
            elif not (name in shared and "body" in kind):
                assert set() < seen < everything, (kind, name)


@pytest.mark.parametrize("way", WAYS)
def test_every_actor_sees_exactly_the_rows_that_concern_them(
    session: DB, world: World, way: str
) -> None:
    assert differences(session, world, WAYS[way]) == {}


def test_counts_are_of_what_is_seen(session: DB, world: World) -> None:
    for kind in BOUNDS:
        actor = world.actors[kind]
        scope.bind(session, actor)
        for model in scoped_models():
            counted = session.scalar(select(func.count()).select_from(model))
            assert counted == len(Oracle(world, actor).ids(model.__name__)), (kind, model)


def test_an_update_of_a_whole_table_touches_only_what_is_seen(session: DB, world: World) -> None:
    for kind in ("other city", "body", "nobody"):
        scope.bind(session, world.actors[kind])
        session.execute(update(Candidate).values(remark=kind))
        scope.bind(session, world.actors["system"])
        touched = set(session.scalars(select(Candidate.id).where(Candidate.remark == kind)))
        assert touched == Oracle(world, world.actors[kind]).ids("Candidate")
        session.rollback()


def test_a_deletion_of_a_whole_table_spares_what_is_not_seen(session: DB, world: World) -> None:
    for kind in ("other city", "body", "nobody"):
        scope.bind(session, world.actors[kind])
        session.execute(delete(Inspection))
        scope.bind(session, world.actors["system"])
        left = set(session.scalars(select(Inspection.id)))
        seen = Oracle(world, world.actors[kind]).ids("Inspection")
        assert left == world.ids(Inspection) - seen
        session.rollback()


def hidden(world: World, actor: Actor, model: type[Entity]) -> int:
    """A row that the actor must not see."""
    seen = Oracle(world, actor).ids(model.__name__)
    return min(world.ids(model) - seen)


def test_a_relation_to_a_hidden_row_is_empty(session: DB, world: World) -> None:
    """The other city sees its own complaint or check, but not a batch that is not its business."""
    actor = world.actors["city of the place"]
    batch_id = hidden(world, actor, Batch)
    with scope.acting(session, world.actors["system"]):
        check = session.scalars(select(Inspection).where(Inspection.batch_id == batch_id)).first()
        assert check is not None
        check.centre_id = getattr(actor, "centre_id", None) or 0
        session.commit()
        number = check.id
        session.expunge_all()
    for options in ((), (joinedload(Inspection.batch),)):
        with scope.acting(session, actor):
            row = session.scalars(
                select(Inspection).where(Inspection.id == number).options(*options)
            ).one()
            assert (row.batch_id, row.batch) == (batch_id, None)
            session.expunge_all()


def test_a_join_does_not_reach_around_the_scope(session: DB, world: World) -> None:
    actor = world.actors["other body"]
    scope.bind(session, actor)
    names = session.scalars(select(Body.code).join(Batch, Batch.body_id == Body.id))
    assert set(names) == {"BAODING"}
    pairs = session.execute(select(Certificate.number, Candidate.name).join(Certificate.candidate))
    assert len(pairs.all()) == len(Oracle(world, actor).ids("Certificate"))


def test_a_correlated_count_beside_each_row_counts_what_is_seen(session: DB, world: World) -> None:
    actor = world.actors["other city"]
    scope.bind(session, actor)
    counted = (
        select(func.count(Batch.id))
        .where(Batch.enterprise_id == Enterprise.id)
        .correlate(Enterprise)
        .scalar_subquery()
    )
    seen = sum(session.scalars(select(counted)))
    with_employer = [row for row in world.rows["Batch"] if row.enterprise_id is not None]
    right = sum(1 for row in with_employer if Oracle(world, actor).sees(row))
    assert seen == right


def test_reference_data_are_for_everybody(session: DB) -> None:
    scope.bind(session, None)
    assert session.scalar(select(func.count()).select_from(Occupation))
    assert session.scalar(select(func.count()).select_from(Centre))


def test_skipping_the_scope_is_said_in_so_many_words(session: DB, world: World) -> None:
    scope.bind(session, None)
    assert session.scalars(select(Batch.id)).all() == []
    everything = select(Batch.id).execution_options(unscoped=True)
    assert set(session.scalars(everything)) == world.ids(Batch)


def test_acting_for_somebody_ends_with_the_block_even_after_an_error(
    session: DB, world: World
) -> None:
    city, body = world.actors["other city"], world.actors["body"]
    scope.bind(session, city)
    with pytest.raises(RuntimeError), scope.acting(session, body):
        assert by_select(session, Batch) == Oracle(world, body).ids("Batch")
        raise RuntimeError
    assert scope.actor_of(session) == city
    assert by_select(session, Batch) == Oracle(world, city).ids("Batch")


def test_a_fresh_session_sees_nothing_until_somebody_is_named(session: DB, world: World) -> None:
    session.remove()
    assert by_select(session, Batch) == set()


def test_an_update_by_a_list_of_keys_is_refused_as_it_would_reach_hidden_rows(
    session: DB, world: World
) -> None:
    actor = world.actors["body"]
    number = hidden(world, actor, Candidate)
    scope.bind(session, actor)
    with pytest.raises(TypeError, match="knows no scope"):
        session.execute(update(Candidate), [{"id": number, "version": 1, "remark": "外人"}])
    session.rollback()
