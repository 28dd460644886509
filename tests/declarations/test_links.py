"""Is read off the links of a table what it hangs on, and which parents must belong together?"""

from __future__ import annotations

from app.core.declarations.base import entities
from app.core.declarations.links import (
    Agreement,
    Dependent,
    above,
    agreements,
    dependents,
    row_at,
    target_of,
)
from app.models import Batch as RealBatch
from tests.declarations.private import Batch, Body, Level, Paper, Person, Visit


def test_a_row_hangs_on_what_required_links_lead_to() -> None:
    assert above(Visit) == {
        Batch: ("batch",),
        Level: ("level",),
        Body: ("batch", "body"),
    }
    assert target_of(Visit, ("person", "batch")) is Batch


def test_two_ways_to_the_same_table_must_meet() -> None:
    assert set(agreements(Visit)) == {
        Agreement(("batch",), ("person", "batch"), Batch),
        Agreement(("batch", "body"), ("paper", "body"), Body),
    }


def test_an_earlier_row_of_the_same_table_may_hang_elsewhere() -> None:
    assert agreements(Person) == ()


def test_ways_are_apart_only_where_both_lead_somewhere() -> None:
    one, other = Batch(id=1, body=Body(id=1)), Batch(id=2, body=Body(id=2))
    visit = Visit(batch=one)
    (batches, bodies) = sorted(agreements(Visit), key=lambda way: way.target.__name__)
    assert not batches.broken_by(visit)
    visit.person = Person(batch=other)
    assert batches.broken_by(visit)
    visit.person.batch = one
    assert not batches.broken_by(visit)
    visit.paper = Paper(body=other.body)
    assert bodies.broken_by(visit)
    assert row_at(visit, ("paper", "body")) is other.body
    assert row_at(Visit(), ("paper", "body")) is None


def test_a_parent_that_is_changed_may_part_its_children() -> None:
    assert dependents(Paper, [Visit, Person]) == [Dependent(Visit, ("paper",), "body")]
    assert dependents(Person, [Visit, Paper]) == [Dependent(Visit, ("person",), "batch")]
    assert dependents(Level, [Visit, Person]) == []


def test_rows_that_are_still_to_be_added_are_told_apart() -> None:
    one, other = Batch(), Batch()
    (batches, _) = sorted(agreements(Visit), key=lambda way: way.target.__name__)
    assert batches.broken_by(Visit(batch=one, person=Person(batch=other)))
    assert not batches.broken_by(Visit(batch=one, person=Person(batch=one)))


def test_keys_are_enough() -> None:
    (batches, bodies) = sorted(agreements(Visit), key=lambda way: way.target.__name__)
    visit = Visit(batch_id=1, person=Person(batch_id=2), paper=Paper(body_id=3))
    assert batches.broken_by(visit)
    assert not bodies.broken_by(visit)


def test_the_product_asks_for_these_agreements() -> None:
    found = {
        f"{model.__name__}: {'.'.join(one.near)} = {'.'.join(one.far)}"
        for model in entities()
        for one in agreements(model)
        if not model.__name__.startswith("Certificate")
    }
    assert found == {
        "Batch: body = commission.body",
        "Batch: body = plan.body",
        "Batch: enterprise = commission.enterprise",
        "Complaint: body = batch.body",
        "ExamPaper: agreement.body = batch.body",
        "Material: batch = candidate.batch",
        "Objection: candidate.batch = publicity.batch",
        "PublishedResult: candidate.batch = publicity.batch",
        "Score: batch = candidate.batch",
        "SpotCheckEntry: batch = inspection.batch",
    }
    assert RealBatch in above(next(one for one in entities() if one.__name__ == "WorkHistory"))
