"""Is a certificate changed by two people, with reason and evidence, and is nothing lost by it?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import NotPermitted, RulesBroken, WrongState
from app.core.records import record
from app.core.roles import SYSTEM, Actor
from app.core.tables import Change
from app.core.workflow import moves
from app.models import Batch, Certificate, CertificateChange
from app.roles import CITY_ADMIN, PROVINCE_ADMIN
from app.services.certificates import certificates
from app.services.documents import annexes
from tests import factories, procedure
from tests.rules.people import number
from tests.services.test_cost import statements

DB = scoped_session[Session]
DAY = date(2021, 6, 1)


@pytest.fixture
def batch(db: DB) -> Batch:
    made = procedure.ready_batch(db, number=3, levels=("4", "3"))
    return procedure.take(db, made, "archived")


@pytest.fixture
def one(db: DB, batch: Batch) -> Certificate:
    return certificates.of_batch(db, batch)[0]


@pytest.fixture
def province(db: DB) -> Actor:
    return factories.actor(PROVINCE_ADMIN, at=factories.centre(db, factories.PROVINCE))


def broken(work: Any) -> list[str]:
    with pytest.raises(RulesBroken) as refused:
        work()
    return [one.code for one in refused.value.problems]


def test_a_corrected_name_stands_on_certificate_and_roster_under_the_same_number(
    db: DB, one: Certificate
) -> None:
    was, number_was = one.holder, one.number
    with clock.set_to(DAY):
        made = procedure.change(db, one, "correct", "entry_error", new_holder="张珊珊")
    assert (one.holder, one.candidate.name, one.state) == ("张珊珊", "张珊珊", "corrected")
    assert (made.old_holder, made.new_holder, one.number) == (was, "张珊珊", number_was)
    assert (made.applied_on, made.approved_on, made.state) == (DAY, DAY, "approved")
    assert made.applied_by != made.approved_by
    assert made.no == "BG-2021-0001"
    changes = db.execute(select(Change.entity, Change.fields).where(Change.kind == "edit")).all()
    assert ("Certificate", {"holder": [was, "张珊珊"]}) in changes
    assert ("Candidate", {"name": [was, "张珊珊"]}) in changes
    step = moves.steps_of(db, one)[-1]
    assert (step.move, step.note.split()[0]) == ("correct", made.no)


def test_a_corrected_number_brings_the_birth_date_with_it(db: DB, one: Certificate) -> None:
    right = number(born="19900517", sequence="279")
    procedure.change(db, one, "correct", "renumbered", new_id_number=right)
    assert (one.id_number, one.candidate.id_number) == (right, right)
    assert one.candidate.birth_date == date(1990, 5, 17)


def test_a_certificate_is_corrected_and_reissued_again(db: DB, one: Certificate) -> None:
    for place, name in enumerate(("甲山", "乙山"), start=1):
        with clock.set_to(date(2021, 6, place)):
            procedure.change(db, one, "correct", "renamed", new_holder=name)
            procedure.change(db, one, "reissue", "lost")
    assert (one.holder, one.reissue_count, one.reissued_on) == ("乙山", 2, date(2021, 6, 2))
    assert [step.move for step in moves.steps_of(db, one)][2:] == ["correct", "reissue"] * 2


def test_a_reissue_keeps_number_and_first_date(db: DB, one: Certificate) -> None:
    kept = (one.number, one.issued_on, one.holder)
    with clock.set_to(DAY):
        procedure.change(db, one, "reissue", "damaged")
    assert (one.number, one.issued_on, one.holder) == kept
    assert (one.state, one.reissued_on, one.reissue_count) == ("reissued", DAY, 1)


def test_the_official_list_shows_valid_certificates_with_what_they_say_now(
    db: DB, batch: Batch, province: Actor
) -> None:
    first, second, third = certificates.of_batch(db, batch)
    with clock.set_to(DAY):
        procedure.change(db, first, "correct", "entry_error", new_holder="张珊珊")
        procedure.change(db, second, "void", "violation")
    rows = annexes._certificates(db, batch)
    assert [row.number for row in rows] == [first.number, third.number]
    assert rows[0].holder == "张珊珊"
    assert second.remark == "2021-06-01 作废，编号不再使用"


def test_an_application_is_taken_back_and_says_nothing_of_having_been_sent(
    db: DB, one: Certificate
) -> None:
    who = factories.clerk(one.batch.body)
    made = procedure.draft_change(db, one, "correct", "entry_error", new_holder="张珊珊")
    moves.act(db, who, made, "submit")
    moves.act(db, who, made, "recall")
    assert (made.state, made.applied_by, made.applied_on, made.old_holder) == (
        "draft",
        "",
        None,
        "",
    )
    moves.act(db, who, made, "submit")
    assert (made.applied_by, made.old_holder) == (who.name, one.holder)
    with pytest.raises(WrongState):
        moves.act(db, who, made, "recall")


def test_whoever_applied_does_not_allow_it(db: DB, one: Certificate, province: Actor) -> None:
    made = procedure.draft_change(db, one, "void", "fraud")
    moves.act(db, province, made, "submit")
    with pytest.raises(NotPermitted, match="必须由另一个人办理"):
        moves.act(db, province, made, "approve")
    other = factories.actor(PROVINCE_ADMIN, at=factories.centre(db, factories.PROVINCE))
    moves.act(db, other, made, "approve")
    assert one.state == "void"


def test_another_centre_and_the_body_itself_do_not_allow_it(db: DB, one: Certificate) -> None:
    made = procedure.draft_change(db, one, "void", "fraud")
    moves.act(db, factories.clerk(one.body), made, "submit")
    for nobody in (factories.clerk(one.body), factories.actor(CITY_ADMIN, at=factories.centre(db))):
        with pytest.raises(NotPermitted):
            moves.act(db, nobody, made, "approve")


@pytest.mark.parametrize("move", ["correct", "reissue", "void"])
def test_nobody_changes_a_certificate_directly(
    db: DB, one: Certificate, province: Actor, move: str
) -> None:
    with pytest.raises(NotPermitted, match="由相关的申请批准后自动产生"):
        moves.act(db, province, one, move, "直接办")
    assert move not in [offer.move.name for offer in moves.offers(db, province, one)]


def test_a_refused_application_leaves_the_certificate_alone(
    db: DB, one: Certificate, province: Actor
) -> None:
    made = procedure.draft_change(db, one, "correct", "renamed", new_holder="张珊珊")
    moves.act(db, factories.clerk(one.body), made, "submit")
    moves.act(db, province, made, "refuse", "证明材料不足")
    assert (one.state, made.state, made.new_holder) == ("valid", "refused", "张珊珊")
    assert one.holder == one.candidate.name != "张珊珊"


def test_without_evidence_nothing_is_sent_in(db: DB, one: Certificate) -> None:
    made = procedure.draft_change(db, one, "reissue", "lost")
    made.filename = ""
    db.commit()
    assert broken(lambda: moves.act(db, SYSTEM, made, "submit")) == ["change_evidence"]


def test_one_application_at_a_time(db: DB, one: Certificate) -> None:
    moves.act(db, SYSTEM, procedure.draft_change(db, one, "reissue", "lost"), "submit")
    found = broken(lambda: procedure.draft_change(db, one, "void", "fraud"))
    assert found == ["change_pending"]


def test_a_number_of_another_in_the_batch_is_refused(
    db: DB, batch: Batch, one: Certificate
) -> None:
    other = next(person for person in batch_people(db, batch) if person.id != one.candidate_id)
    found = broken(
        lambda: procedure.draft_change(
            db, one, "correct", "entry_error", new_id_number=other.id_number
        )
    )
    assert found == ["change_identity"]


def batch_people(db: DB, batch: Batch) -> list[Any]:
    return [one.candidate for one in certificates.of_batch(db, batch)]


def test_an_occupation_is_corrected_with_its_work_type(db: DB, one: Certificate) -> None:
    welder = factories.work_type(db, factories.WORK_TYPES[1])
    wrong = broken(
        lambda: procedure.draft_change(db, one, "correct", "entry_error", new_work_type=welder)
    )
    assert wrong == ["change_occupation"]
    new = {"new_work_type": welder, "new_occupation": welder.occupation}
    procedure.change(db, one, "correct", "entry_error", **new)
    assert (one.work_type, one.occupation) == (welder, welder.occupation)
    assert one.candidate.work_type == welder


def test_a_void_certificate_stays_void(db: DB, one: Certificate) -> None:
    procedure.change(db, one, "void", "fraud")
    for kind, reason in (("reissue", "lost"), ("void", "fraud")):
        found = broken(
            lambda kind=kind, reason=reason: procedure.draft_change(db, one, kind, reason)
        )
        assert found == ["change_state"]


def test_what_was_sent_in_is_not_edited_nor_deleted(db: DB, one: Certificate) -> None:
    made = procedure.draft_change(db, one, "reissue", "lost")
    moves.act(db, SYSTEM, made, "submit")
    made.detail = "另一说法"
    with pytest.raises(WrongState, match="待批准"):
        record.edit(db, SYSTEM, made)
    with pytest.raises(WrongState):
        record.remove(db, SYSTEM, made)


def test_an_application_is_seen_with_its_batch(db: DB, one: Certificate) -> None:
    procedure.draft_change(db, one, "reissue", "lost")
    stranger = factories.clerk(factories.body(db, "OTHER"))
    with scope.acting(db, stranger):
        assert db.scalars(select(CertificateChange)).all() == []


def test_allowing_an_application_costs_a_fixed_number_of_statements(
    db: DB, batch: Batch, province: Actor
) -> None:
    costs = set()
    for one in certificates.of_batch(db, batch):
        made = procedure.draft_change(db, one, "reissue", "lost")
        moves.act(db, SYSTEM, made, "submit")
        costs.add(len(statements(lambda made=made: moves.act(db, province, made, "approve"))))
    assert len(costs) == 1
