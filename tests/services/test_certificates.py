"""Are certificate numbers contiguous, never shared, never used twice, and as many as passed?"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import AppError, RulesBroken, WrongState
from app.core.roles import SYSTEM
from app.core.tables import Change, Step
from app.core.workflow import moves
from app.models import (
    Batch,
    Body,
    BodyNumberRule,
    Certificate,
    CertificateCounter,
    CertificateSegment,
    Score,
)
from app.roles import PROVINCE_ADMIN
from app.rules.certificates.certificate_number import FORMAT_22
from app.services.certificates import certificates
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]
ALL = ("5", "4", "3", "2", "1")


def reviewed(db: DB, body: Body, number: int, **more: object) -> Batch:
    """A batch whose results are reviewed and whose numbers are the next thing to come."""
    failing = more.pop("failing", ())
    batch = procedure.ready_batch(db, body, number, **more)  # type: ignore[arg-type]
    return procedure.take(db, batch, "results_reviewed", failing=failing)  # type: ignore[arg-type]


def register(db: DB, batch: Batch, day: date = DAYS["registered"]) -> None:
    with clock.set_to(day):
        moves.act(db, SYSTEM, batch, "register")


def serials(db: DB, batch: Batch) -> dict[str, list[int]]:
    """Level digit → the serials of the batch, in the order of the numbers."""
    found: dict[str, list[int]] = defaultdict(list)
    for one in certificates.of_batch(db, batch):
        found[one.number[15]].append(int(one.number[16:]))
    return dict(found)


def test_a_number_that_is_out_already_is_said_and_nothing_is_given(db: DB) -> None:
    """Two bodies under one serial: refused where a body is kept, and once more here."""
    first, second = (
        reviewed(db, factories.body(db, code, number_serial="000777"), 2) for code in ("A1", "B1")
    )
    register(db, first)
    with pytest.raises(RulesBroken, match="机构序列码是否与其他机构相同") as refused:
        register(db, second)
    assert [one.code for one in refused.value.problems] == ["number_taken"]
    given = [one.number for one in certificates.of_batch(db, first)]
    assert f"{given[0]} 至 {given[-1]} " in refused.value.problems[0].message
    assert second.state == "results_reviewed"
    assert db.scalar(select(func.count(CertificateSegment.id))) == 1


def test_numbers_are_contiguous_per_level_from_one(db: DB) -> None:
    batch = reviewed(db, factories.body(db), 13, levels=ALL)
    register(db, batch)
    assert serials(db, batch) == {
        "5": [1, 2, 3],
        "4": [1, 2, 3],
        "3": [1, 2, 3],
        "2": [1, 2],
        "1": [1, 2],
    }


def test_a_number_says_body_province_year_of_issue_and_level(db: DB) -> None:
    body = factories.body(db, number_prefix="0000", number_serial="000101")
    batch = reviewed(db, body, 1, levels=("3",))
    register(db, batch)
    (one,) = certificates.of_batch(db, batch)
    assert one.number == "S000013000101213000001"
    assert len(one.number) == 22
    assert FORMAT_22.check(one.number) == []


@pytest.mark.parametrize(("kind", "letter"), [("employer", "Y"), ("trainer", "S")])
def test_the_letter_follows_the_kind_of_body(db: DB, kind: str, letter: str) -> None:
    batch = reviewed(db, factories.body(db, kind=kind), 1)
    register(db, batch)
    assert certificates.of_batch(db, batch)[0].number.startswith(letter)


def test_the_year_is_that_of_the_issue_and_not_of_the_exam(db: DB) -> None:
    batch = reviewed(db, factories.body(db), 1)
    register(db, batch, date(2022, 1, 4))
    (one,) = certificates.of_batch(db, batch)
    assert (one.number[13:15], one.issued_on) == ("22", date(2022, 1, 4))


def test_only_those_who_passed_are_numbered_and_the_count_agrees(db: DB) -> None:
    batch = reviewed(db, factories.body(db), 10, levels=("4", "3"), failing=(2, 3, 10))
    register(db, batch)
    passed = db.scalar(select(func.count()).select_from(Score).where(Score.outcome == "passed"))
    made = certificates.of_batch(db, batch)
    segments = db.scalars(select(CertificateSegment)).all()
    assert passed == len(made) == sum(one.count for one in segments) == 7
    assert {one.candidate.serial for one in made} == {1, 4, 5, 6, 7, 8, 9}
    assert serials(db, batch) == {"4": [1, 2, 3, 4], "3": [1, 2, 3]}
    numbers = [one.number for one in made]
    assert numbers == sorted(numbers)


def test_within_a_level_the_order_is_that_of_work_types_and_roster(db: DB) -> None:
    batch = reviewed(db, factories.body(db), 6, work_types=factories.WORK_TYPES)
    register(db, batch)
    made = certificates.of_batch(db, batch)
    assert [one.candidate.serial for one in made] == [1, 3, 5, 2, 4, 6]


def test_within_an_occupation_each_work_type_stands_together(db: DB) -> None:
    """Both are of one occupation, so that its code alone would leave the order of the roster."""
    turners = ("普通车工", "数控车工")
    batch = reviewed(db, factories.body(db, work_types=turners), 6, work_types=turners)
    register(db, batch)
    made = certificates.of_batch(db, batch)
    assert len({one.candidate.occupation_id for one in made}) == 1
    assert [one.candidate.serial for one in made] == [2, 4, 6, 1, 3, 5]


def test_nothing_is_numbered_where_segments_would_overlap(db: DB) -> None:
    body = factories.body(db)
    register(db, reviewed(db, body, 2))
    # As a segment that was recorded by hand, beyond what its batch has.
    db.execute(update(CertificateSegment).values(last_serial=9))
    db.commit()
    batch = reviewed(db, body, 2, seed=1)
    with pytest.raises(RulesBroken) as refused:
        register(db, batch)
    assert [one.code for one in refused.value.problems] == ["segment_overlap"]
    assert certificates.of_batch(db, batch) == []


def test_occupations_follow_each_other_by_their_codes(db: DB) -> None:
    """6-18-02-04 before 6-30-05-01, although 桥 comes before 电."""
    both = ("桥式起重机司机", "电焊工")
    batch = reviewed(db, factories.body(db, work_types=both), 4, work_types=both)
    register(db, batch)
    made = certificates.of_batch(db, batch)
    assert [one.candidate.serial for one in made] == [2, 4, 1, 3]


def test_a_segment_tells_first_last_and_count(db: DB) -> None:
    body = factories.body(db)
    register(db, reviewed(db, body, 2))
    batch = reviewed(db, body, 3, seed=1)
    register(db, batch)
    segment = db.scalars(
        select(CertificateSegment).where(CertificateSegment.batch_id == batch.id)
    ).one()
    made = certificates.of_batch(db, batch)
    assert (segment.first_serial, segment.last_serial, segment.count) == (3, 5, 3)
    assert (segment.first_number, segment.last_number) == (made[0].number, made[-1].number)
    assert (segment.year, segment.rule, segment.level.digit) == (2021, "22", "4")


def test_the_next_batch_goes_on_where_the_last_one_ended(db: DB) -> None:
    body = factories.body(db)
    first, second = reviewed(db, body, 3, levels=("4", "3")), reviewed(db, body, 2, seed=1)
    register(db, first)
    register(db, second)
    assert serials(db, first) == {"4": [1, 2], "3": [1]}
    assert serials(db, second) == {"4": [3, 4]}


def test_another_year_and_another_body_count_from_one_again(db: DB) -> None:
    body = factories.body(db)
    register(db, reviewed(db, body, 2))
    later, elsewhere = (
        reviewed(db, body, 2, seed=1),
        reviewed(db, factories.body(db, "OTHER"), 2, seed=2),
    )
    register(db, later, date(2022, 1, 4))
    register(db, elsewhere)
    assert serials(db, later) == serials(db, elsewhere) == {"4": [1, 2]}


def test_every_certificate_leaves_its_history_and_its_maker(db: DB) -> None:
    batch = reviewed(db, factories.body(db), 2)
    province = factories.actor(PROVINCE_ADMIN, at=factories.centre(db, factories.PROVINCE))
    with scope.acting(db, province), clock.set_to(DAYS["registered"]):
        moves.act(db, province, batch, "register")
    made = certificates.of_batch(db, batch)
    lines = db.scalars(select(Change).where(Change.entity == "Certificate")).all()
    assert {(line.kind, line.actor_name) for line in lines} == {("add", province.name)}
    assert [(line.record_id, line.title) for line in lines] == [(c.id, c.number) for c in made]
    assert lines[0].fields["holder"] == [None, made[0].candidate.name]
    assert lines[0].fields["issued_on"] == [None, "2021-05-11"]
    for one in made:
        assert one.created_by_id == province.id
        assert one.created_at is not None
        assert one.created_at.date() == DAYS["registered"]
        assert [step.move for step in moves.steps_of(db, one)] == ["create"]


def test_a_batch_in_which_nobody_passed_takes_no_number(db: DB) -> None:
    body = factories.body(db)
    batch = reviewed(db, body, 2, failing=(1, 2))
    register(db, batch)
    assert certificates.of_batch(db, batch) == []
    assert batch.state == "registered"
    register(db, next_one := reviewed(db, body, 1, seed=1))
    assert serials(db, next_one) == {"4": [1]}


def test_a_batch_is_numbered_once(db: DB) -> None:
    batch = reviewed(db, factories.body(db), 2)
    register(db, batch)
    with pytest.raises(WrongState):
        register(db, batch)
    assert serials(db, batch) == {"4": [1, 2]}


def test_a_refused_numbering_leaves_no_gap(db: DB) -> None:
    body = factories.body(db)
    batch = reviewed(db, body, 2)
    row = factories.one(db, BodyNumberRule, body_id=body.id)
    row.serial = "12"
    db.commit()
    with pytest.raises(RulesBroken):
        register(db, batch)
    row.serial = "000012"
    db.commit()
    register(db, batch)
    assert serials(db, batch) == {"4": [1, 2]}


def test_an_exhausted_serial_is_refused_and_not_wrapped(db: DB) -> None:
    body = factories.body(db)
    batch = reviewed(db, body, 2)
    level = factories.level(db, "4")
    db.add(CertificateCounter(body=body, year=2021, level=level, last_serial=999_998))
    db.commit()
    with pytest.raises(RulesBroken) as refused:
        register(db, batch)
    assert [one.code for one in refused.value.problems] == ["cert_serial_overflow"]
    db.commit()
    assert certificates.of_batch(db, batch) == []


def test_certificates_are_reserved_first_and_valid_when_issued(db: DB) -> None:
    batch = reviewed(db, factories.body(db), 2)
    register(db, batch)
    assert {one.state for one in certificates.of_batch(db, batch)} == {"reserved"}
    numbers = [one.number for one in certificates.of_batch(db, batch)]
    with clock.set_to(DAYS["certified"]):
        moves.act(db, SYSTEM, batch, "certify")
    issued = certificates.of_batch(db, batch)
    assert {one.state for one in issued} == {"valid"}
    assert [one.number for one in issued] == numbers
    steps = db.execute(
        select(Step.move, func.count()).where(Step.entity == "Certificate").group_by(Step.move)
    )
    assert dict(steps.all()) == {"create": 2, "issue": 2}  # type: ignore[arg-type]


def test_a_void_certificate_keeps_its_number_and_nobody_else_gets_it(db: DB) -> None:
    body = factories.body(db)
    batch = procedure.take(db, reviewed(db, body, 3), "certified")
    last = certificates.of_batch(db, batch)[-1]
    number = last.number
    with clock.set_to(date(2021, 6, 1)):
        procedure.change(db, last, "void", "issued_wrongly")
    assert (last.state, last.number) == ("void", number)
    assert last.remark == "2021-06-01 作废，编号不再使用"
    register(db, following := reviewed(db, body, 2, seed=1))
    assert serials(db, following) == {"4": [4, 5]}


def test_a_certificate_that_was_voided_while_reserved_is_not_issued(db: DB) -> None:
    batch = reviewed(db, factories.body(db), 2)
    register(db, batch)
    first, second = certificates.of_batch(db, batch)
    moves.act(db, SYSTEM, first, "void", "重复参评")
    with clock.set_to(DAYS["certified"]):
        moves.act(db, SYSTEM, batch, "certify")
    assert (first.state, second.state) == ("void", "valid")


def at_once(app: Flask, acts: list[Callable[[DB], None]]) -> list[str]:
    """Do the acts in threads that start together; the refusals in their own words."""
    start = threading.Barrier(len(acts), timeout=30)
    refusals: list[str] = []

    def run(work: Callable[[DB], None]) -> None:
        with app.app_context():
            session = app.extensions["sqlalchemy"].session
            scope.bind(session, SYSTEM)
            start.wait()
            try:
                work(session)
            except AppError as refusal:
                refusals.append(refusal.message)

    threads = [threading.Thread(target=run, args=(work,)) for work in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return refusals


def registering(batch_id: int) -> Callable[[DB], None]:
    def work(session: DB) -> None:
        batch = session.get_one(Batch, batch_id)
        with clock.set_to(DAYS["registered"]):
            moves.act(session, SYSTEM, batch, "register")

    return work


def test_batches_numbered_at_the_same_time_share_no_number_and_leave_no_gap(
    db: DB, app: Flask
) -> None:
    body = factories.body(db)
    batches = [reviewed(db, body, 4, levels=("4", "3"), seed=seed) for seed in range(4)]
    ids = [batch.id for batch in batches]
    db.commit()
    assert at_once(app, [registering(number) for number in ids]) == []
    db.expire_all()
    for digit in ("4", "3"):
        parts = [serials(db, batch)[digit] for batch in batches]
        assert sorted(number for part in parts for number in part) == list(range(1, 9))
        assert all(part == list(range(part[0], part[0] + 2)) for part in parts)
    assert db.scalar(select(func.count(func.distinct(Certificate.number)))) == 16


def test_a_batch_that_two_people_register_at_once_is_numbered_once(db: DB, app: Flask) -> None:
    batch = reviewed(db, factories.body(db), 3)
    number = batch.id
    db.commit()
    refusals = at_once(app, [registering(number), registering(number)])
    db.expire_all()
    assert len(refusals) == 1
    assert "刚刚被别人办理过" in refusals[0] or "现在是“已上网备案”" in refusals[0]
    assert serials(db, batch) == {"4": [1, 2, 3]}
    counter = db.scalars(select(CertificateCounter)).one()
    assert counter.last_serial == 3
