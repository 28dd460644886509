"""Does a body move from one numbering rule to another on a day, with nothing numbered twice?"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import RulesBroken, WrongState
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.workflow import moves
from app.models import Batch, Body, BodyNumberRule, CertificateCounter, CertificateSegment
from app.roles import PROVINCE_ADMIN
from app.rules.certificates.certificate_number import FORMAT_20, FORMAT_22, FORMAT_22_SENIOR
from app.services.certificates import certificates, number_rules, segments
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]
MOVED = date(2024, 7, 1)


def registered(db: DB, body: Body, number: int, seed: int, day: date) -> Batch:
    batch = procedure.ready_batch(db, body, number, seed=seed)
    procedure.take(db, batch, "results_reviewed")
    with clock.set_to(day):
        moves.act(db, SYSTEM, batch, "register")
    return batch


def row(body: Body, **values: object) -> BodyNumberRule:
    return BodyNumberRule(
        **({"body": body, "rule": "20", "since": MOVED, "letters": "RSW", "serial": "001"} | values)
    )


def numbers(db: DB, batch: Batch) -> list[str]:
    return [one.number for one in certificates.of_batch(db, batch)]


def test_a_body_moves_from_one_rule_to_the_other_on_its_day(db: DB) -> None:
    body = factories.body(db, number_serial="000101")
    record.add(db, SYSTEM, row(body))
    before = registered(db, body, 2, 0, date(2024, 6, 30))
    after = registered(db, body, 2, 1, MOVED)
    again = registered(db, body, 1, 2, date(2024, 12, 31))
    assert numbers(db, before) == ["S000013000101244000001", "S000013000101244000002"]
    assert numbers(db, after) == ["RSW13020000124400001", "RSW13020000124400002"]
    assert numbers(db, again) == ["RSW13020000124400003"]
    rules = db.scalars(select(CertificateSegment.rule).order_by(CertificateSegment.id)).all()
    assert rules == ["22", "20", "20"]
    counted = {
        one.rule: (one.year, one.last_serial) for one in db.scalars(select(CertificateCounter))
    }
    assert counted == {"22": (2024, 2), "20": (2024, 3)}
    assert segments.audit(db, body=body).findings == ()


def test_parts_that_follow_from_body_and_settings_fill_themselves_in(db: DB) -> None:
    body = factories.body(db, kind="employer", number_serial="")
    old = BodyNumberRule(body=body, rule="22", since=date(2021, 1, 1), serial="000555")
    record.add(db, SYSTEM, old)
    record.add(db, SYSTEM, row(body, letters="rcn", serial="007"))
    found = number_rules.in_force(db, body.id, MOVED)
    assert (old.letters, old.filing, old.region) == ("Y", "0000", "13")
    assert found is not None
    assert (found.letters, found.filing, found.region) == ("RCN", "", "130200")


def test_a_body_without_a_rule_is_told_before_its_batch_is_registered(db: DB) -> None:
    body = factories.body(db, number_serial="")
    batch = procedure.take(db, procedure.ready_batch(db, body, 1), "results_reviewed")
    with clock.set_to(DAYS["registered"]), pytest.raises(RulesBroken) as refused:
        moves.act(db, SYSTEM, batch, "register")
    assert [one.code for one in refused.value.problems] == ["number_rule_missing"]
    assert certificates.of_batch(db, batch) == []


def test_a_rule_that_has_numbered_something_is_neither_changed_nor_deleted(db: DB) -> None:
    body = factories.body(db)
    used = factories.one(db, BodyNumberRule, body_id=body.id)
    registered(db, body, 1, 0, DAYS["registered"])
    used.serial = "000999"
    with pytest.raises(RulesBroken) as refused:
        record.edit(db, SYSTEM, used)
    assert [one.code for one in refused.value.problems] == ["number_rule_since"]
    used.since = date(2025, 1, 1)  # as if it had begun later
    with pytest.raises(RulesBroken, match="另增一条"):
        record.edit(db, SYSTEM, used)
    with pytest.raises(WrongState, match="另增一条"):
        record.remove(db, SYSTEM, used)
    late = row(body, rule="22", letters="S", serial="000888", since=DAYS["registered"])
    with pytest.raises(RulesBroken, match="须晚于这一天"):
        record.add(db, SYSTEM, late)


def test_two_bodies_never_share_their_parts_whoever_asks(db: DB) -> None:
    taken = factories.body(db, number_serial="000101")
    other = factories.body(db, "OTHER", at=factories.BAODING, city=factories.BAODING)
    centre = factories.actor("city_admin", at=other.centre)
    alike = {"rule": "22", "letters": "", "since": date(2025, 1, 1), "serial": "000101"}
    with scope.acting(db, centre):
        with pytest.raises(RulesBroken, match=taken.name):
            record.add(db, centre, row(other, **alike))
        record.add(db, centre, row(other, **alike | {"filing": "0002"}))


@pytest.mark.parametrize("part", [{"serial": "002"}, {"letters": "RSN"}, {"region": "130600"}])
def test_one_part_that_differs_keeps_two_bodies_apart(db: DB, part: dict[str, str]) -> None:
    record.add(db, SYSTEM, row(factories.body(db)))
    other = factories.body(db, "OTHER")
    with pytest.raises(RulesBroken) as refused:
        record.add(db, SYSTEM, row(other))
    assert [one.code for one in refused.value.problems] == ["number_rule_taken"]
    record.add(db, SYSTEM, row(other, **part))


def test_the_rules_of_the_bodies_asked_about_come_and_no_others(db: DB) -> None:
    first, second = factories.body(db), factories.body(db, "OTHER")
    assert set(number_rules.rows_of(db, [second.id])) == {second.id}
    assert set(number_rules.rows_of(db, None)) == {first.id, second.id}


def test_a_body_may_go_back_to_parts_of_its_own(db: DB) -> None:
    body = factories.body(db)
    record.add(db, SYSTEM, row(body))
    record.add(db, SYSTEM, row(body, since=date(2025, 1, 1)))
    assert number_rules.in_force(db, body.id, date(2025, 1, 1)).since == date(2025, 1, 1)


def test_a_body_has_one_row_for_a_day(db: DB) -> None:
    body = factories.body(db)
    record.add(db, SYSTEM, row(body))
    with pytest.raises(RulesBroken):
        record.add(db, SYSTEM, row(body, serial="002"))


def test_only_the_centre_that_approved_a_body_says_how_it_is_numbered(db: DB) -> None:
    body = factories.body(db)
    clerk = factories.clerk(body)
    with scope.acting(db, clerk), pytest.raises(Exception, match="您的角色不能维护"):
        record.add(db, clerk, row(body))
    province = factories.actor(PROVINCE_ADMIN, at=factories.centre(db, factories.PROVINCE))
    with scope.acting(db, province):
        record.add(db, province, row(body))


def test_senior_technicians_are_numbered_with_two_letters(db: DB) -> None:
    body = factories.body(db, number_serial="000101")
    found = number_rules.in_force(db, body.id, MOVED)
    assert found is not None
    senior = factories.level(db, "T").digit
    rule = found.format_for(senior)
    assert rule is FORMAT_22_SENIOR
    assert rule.produce(found.parts(2024, senior, 1)) == "S00001300010124T000001"
    assert {FORMAT_22.length, FORMAT_22_SENIOR.length, FORMAT_20.length} == {22, 20}
