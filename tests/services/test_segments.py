"""Are faults in the segments of certificate numbers found, each by its name, at a fixed cost?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock
from app.core.errors import RulesBroken
from app.core.roles import SYSTEM
from app.core.workflow import moves
from app.models import Batch, Body, CertificateCounter, CertificateSegment, Score
from app.services.certificates import certificates, segment_rows, segments
from tests import factories, procedure
from tests.procedure import DAYS
from tests.services.test_cost import statements

DB = scoped_session[Session]


@pytest.fixture
def body(db: DB) -> Body:
    return factories.body(db)


def registered(db: DB, body: Body, number: int = 3, seed: int = 0) -> Batch:
    batch = procedure.ready_batch(db, body, number, seed=seed)
    return procedure.take(db, batch, "registered")


def codes(db: DB, batch: Batch) -> list[str]:
    db.commit()
    return [one.code for one in segments.check_segments(db, batch)]


def segment(db: DB, batch: Batch) -> CertificateSegment:
    found = select(CertificateSegment).where(CertificateSegment.batch_id == batch.id)
    return db.scalars(found).one()


def test_what_the_reservation_gives_meets_no_objection(db: DB, body: Body) -> None:
    first, second = registered(db, body), registered(db, body, 2, seed=1)
    assert codes(db, first) == codes(db, second) == []
    checked = segments.audit(db)
    assert (checked.segments, checked.certificates, checked.findings) == (2, 5, ())


def test_a_void_certificate_keeps_its_number_and_counts(db: DB, body: Body) -> None:
    batch = procedure.take(db, registered(db, body), "certified")
    last = certificates.of_batch(db, batch)[1]
    procedure.change(db, last, "void", "issued_wrongly")
    assert codes(db, batch) == []


def lose_a_pass(db: DB, batch: Batch) -> None:
    score = db.scalars(select(Score).where(Score.batch_id == batch.id)).first()
    assert score is not None
    score.outcome = "failed"


def change_a_number(db: DB, batch: Batch) -> None:
    last = certificates.of_batch(db, batch)[-1]
    last.number = f"{last.number[:-1]}9"


def change_the_level(db: DB, batch: Batch) -> None:
    for one in certificates.of_batch(db, batch):
        one.number = f"{one.number[:15]}3{one.number[16:]}"
    row = segment(db, batch)
    row.first_number = f"{row.first_number[:15]}3{row.first_number[16:]}"
    row.last_number = f"{row.last_number[:15]}3{row.last_number[16:]}"


def change_the_year(db: DB, batch: Batch) -> None:
    for one in certificates.of_batch(db, batch):
        one.issued_on = date(2022, 1, 4)


def change_the_count(db: DB, batch: Batch) -> None:
    segment(db, batch).count = 7


@pytest.mark.parametrize(
    ("fault", "objections"),
    [
        (lose_a_pass, ["segment_count"]),
        (change_a_number, ["segment_bounds", "segment_gap"]),
        (change_the_level, ["segment_prefix"]),
        (change_the_year, ["segment_bounds"]),
        (change_the_count, ["segment_bounds"]),
    ],
)
def test_every_fault_is_found_by_its_name(
    db: DB, body: Body, fault: Callable[[DB, Batch], None], objections: list[str]
) -> None:
    batch = registered(db, body)
    fault(db, batch)
    assert codes(db, batch) == objections
    assert [one.problem.code for one in segments.audit(db).findings] == objections


def test_numbers_of_a_batch_in_which_nobody_passed_are_found(db: DB, body: Body) -> None:
    batch = registered(db, body)
    for score in db.scalars(select(Score).where(Score.batch_id == batch.id)):
        score.outcome = "failed"
    assert codes(db, batch) == ["segment_count"]


def test_an_audit_of_one_batch_counts_that_batch_alone(db: DB, body: Body) -> None:
    first = registered(db, body)
    registered(db, body, 2, seed=1)
    found = segments.audit(db, batch=first)
    assert (found.segments, found.certificates, found.findings) == (1, 3, ())
    without = factories.batch(db, body)
    found = segments.audit(db, batch=without)
    assert (found.segments, found.certificates, found.findings) == (0, 0, ())


@pytest.mark.parametrize(
    "apart", ["year", "rule", "level", "body", "first_serial", "last_serial", "batch"]
)
def test_segments_touch_that_share_serials_of_one_counter(db: DB, body: Body, apart: str) -> None:
    first, second = registered(db, body), registered(db, body, 2, seed=1)
    mine, other = segment(db, first), segment(db, second)
    mine.last_serial = other.first_serial
    db.commit()

    def touched() -> list[int]:
        return [one.id for one in segment_rows.segments_where(db, segment_rows.touching(first))]

    assert touched() == [other.id]
    changed = {
        "year": lambda: setattr(other, "year", 2020),
        "rule": lambda: setattr(other, "rule", "20"),
        "level": lambda: setattr(other, "level", factories.level(db, "3")),
        "body": lambda: setattr(other, "body", factories.body(db, "OTHER")),
        "first_serial": lambda: setattr(mine, "last_serial", other.first_serial - 1),
        "last_serial": lambda: setattr(mine, "first_serial", other.last_serial + 1),
        "batch": lambda: setattr(other, "batch", first),
    }
    changed[apart]()
    if apart == "last_serial":
        mine.last_serial = mine.first_serial
    db.commit()
    assert touched() == []


def test_a_counter_that_is_gone_counts_from_nothing(db: DB, body: Body) -> None:
    registered(db, body, 1)
    db.query(CertificateCounter).delete()
    db.commit()
    assert [one.problem.code for one in segments.audit(db).findings] == ["segment_skipped"]


def test_an_overlap_of_two_others_is_no_matter_of_a_third(db: DB, body: Body) -> None:
    first, _second, third = (registered(db, body, 2, seed=seed) for seed in range(3))
    row = segment(db, first)
    row.last_serial, row.count = 3, 3
    assert "segment_overlap" in codes(db, first)
    assert codes(db, third) == []


def test_a_segment_that_another_batch_has_too_is_found_from_both(db: DB, body: Body) -> None:
    first, second = registered(db, body), registered(db, body, 2, seed=1)
    row = segment(db, first)
    row.last_serial, row.count = 4, 4
    assert "segment_overlap" in codes(db, first)
    assert codes(db, second) == ["segment_overlap"]


def test_certificates_are_not_issued_under_numbers_that_do_not_add_up(db: DB, body: Body) -> None:
    batch = registered(db, body)
    lose_a_pass(db, batch)
    db.commit()
    with clock.set_to(DAYS["certified"]), pytest.raises(RulesBroken, match="合格2人"):
        moves.act(db, SYSTEM, batch, "certify")
    assert {one.state for one in certificates.of_batch(db, batch)} == {"reserved"}


def test_a_pass_without_any_number_is_found(db: DB, body: Body) -> None:
    batch = procedure.ready_batch(db, body, 2)
    procedure.take(db, batch, "results_reviewed", failing=(1, 2))
    with clock.set_to(DAYS["registered"]):
        moves.act(db, SYSTEM, batch, "register")
    assert codes(db, batch) == []
    for score in db.scalars(select(Score)):
        score.outcome = "passed"
    assert codes(db, batch) == ["segment_count"]


@pytest.mark.parametrize(("last", "objections"), [(3, 0), (4, 1), (2, 1)])
def test_the_audit_compares_with_the_counter(
    db: DB, body: Body, last: int, objections: int
) -> None:
    registered(db, body)
    db.scalars(select(CertificateCounter)).one().last_serial = last
    db.commit()
    found = segments.audit(db, body=body).findings
    assert [one.problem.code for one in found] == ["segment_skipped"] * objections


def test_a_check_costs_the_same_however_many_certificates_and_batches(db: DB, body: Body) -> None:
    def cost(batch: Batch) -> tuple[int, int]:
        number = batch.id
        db.expunge_all()
        found = db.get_one(Batch, number)
        return (
            len(statements(lambda: segments.check_segments(db, found))),
            len(statements(lambda: segments.audit(db))),
        )

    few = cost(registered(db, body, 2))
    for seed in range(1, 4):
        batch = registered(db, db.get_one(Body, body_id := factories.one(db, Body).id), 20, seed)
        assert body_id
    assert cost(batch) == few
    assert max(few) <= 8
