"""Which one fault belongs to each rule of a filing? Planted in a sound batch beside two others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, scoped_session
from stdnum.iso7064 import mod_11_2

from app.core import clock
from app.core.roles import SYSTEM
from app.core.workflow import moves
from app.models import (
    Batch,
    Body,
    BodyScope,
    Candidate,
    Certificate,
    CertificateSegment,
    Commission,
    EligibilityRoute,
    ExamPaper,
    ExamSession,
    Material,
    Plan,
    Region,
    Site,
    StaffingRule,
)
from tests import factories, procedure

DB = scoped_session[Session]
EMPLOYER = "冀东机械有限公司"
BEFORE = date(2021, 4, 23)
LATE = date(2021, 4, 19)
TURNERS, WELDERS, ALL = (1, 3, 5), (2, 4, 6), (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True)
class World:
    """A sound batch of twelve, six groups in two rooms; another of its body, one of another body.

    Odd sessions examine turners, even ones welders; the twelve stand in the groups in turn.
    """

    db: DB
    batch: Batch
    other: Batch
    stranger: Batch

    def person(self, number: int) -> Candidate:
        """The candidate with that serial number."""
        return _numbered(self.db, Candidate, self.batch, number)

    def session(self, number: int) -> ExamSession:
        """The exam session with that serial number."""
        return _numbered(self.db, ExamSession, self.batch, number)

    def sessions(self, *numbers: int) -> list[ExamSession]:
        """Several exam sessions."""
        return [self.session(number) for number in numbers]

    def theirs(self, of: Batch) -> list[ExamSession]:
        """The sessions of one of the other batches."""
        found = select(ExamSession).where(ExamSession.batch_id == of.id)
        return list(self.db.scalars(found.order_by(ExamSession.serial)))

    def paper(self, number: int) -> ExamPaper:
        """The paper of a group, in the order of the sessions."""
        found = select(ExamPaper).where(ExamPaper.batch_id == self.batch.id)
        return self.db.scalars(found.order_by(ExamPaper.id)).all()[number - 1]


def _numbered(db: DB, model: type[Any], batch: Batch, number: int) -> Any:
    return db.scalars(select(model).where(model.batch_id == batch.id, model.serial == number)).one()


def sound_world(db: DB) -> World:
    """The three batches, all on one day, none of them in the way of another."""
    body = factories.body(db)
    batch = procedure.ready_batch(
        db, body, 12, levels=("5", "4", "3"), work_types=factories.WORK_TYPES
    )
    employer = factories.enterprise(db, EMPLOYER)
    letter = factories.commission(db, body, employer)
    with clock.set_to(factories.FILED):
        moves.act(db, SYSTEM, letter, "submit")
        moves.act(db, SYSTEM, letter, "commission")
    batch.target, batch.commission, batch.enterprise = "commissioned", letter, employer
    other = procedure.ready_batch(db, body, 2)
    stranger = procedure.ready_batch(db, factories.body(db, "STRANGE"), 2)
    db.commit()
    return World(db, batch, other, stranger)


def _plan_of_others(world: World) -> None:
    """The plan was made for another enterprise."""
    world.batch.plan.enterprise = factories.enterprise(world.db, "唐山别家有限公司")


def _without_authority(world: World) -> None:
    """The letter comes from a city that has nothing to do with body or enterprise."""
    letter = world.batch.commission
    assert letter is not None
    letter.centre = factories.centre(world.db, factories.BAODING)


@dataclass(frozen=True)
class Fault:
    """What is done to the world, the rows that are then named, the day of the check."""

    spoil: Callable[[World], Any]
    rows: tuple[int, ...] = ()
    day: date = factories.FILED


def _set(pick: Callable[[World], Any], **values: Any) -> Callable[[World], None]:
    def spoil(world: World) -> None:
        for name, value in values.items():
            setattr(pick(world), name, value)

    return spoil


def _first(world: World) -> Candidate:
    return world.person(1)


def _number(front: str) -> str:
    return front + mod_11_2.calc_check_digit(front)


def _forget(model: type[Any], **key: Any) -> Callable[[World], None]:
    def spoil(world: World) -> None:
        world.db.execute(
            delete(model)
            .where(model.batch_id == world.batch.id)
            .where(*[getattr(model, name) == value for name, value in key.items()])
        )

    return spoil


def _forget_sessions(world: World) -> None:
    for one in world.sessions(*ALL):
        world.db.delete(one)


def _withdraw_scope(world: World) -> None:
    kind = factories.work_type(world.db, "电焊工")
    world.db.execute(
        delete(BodyScope).where(
            BodyScope.body_id == world.batch.body_id, BodyScope.work_type_id == kind.id
        )
    )


def _lower_scope(world: World) -> None:
    kind = factories.work_type(world.db, "数控车工")
    world.db.execute(
        update(BodyScope)
        .where(BodyScope.body_id == world.batch.body_id, BodyScope.work_type_id == kind.id)
        .values(highest_level_id=factories.level(world.db, "4").id)
    )


def _suspend_body(world: World) -> None:
    row = update(Body).where(Body.id == world.batch.body_id).values(state="suspended")
    world.db.execute(row)


def _allow_late(world: World) -> None:
    batch = world.batch
    batch.late_on, batch.late_exam = factories.FILED, batch.exam_date
    batch.late_by, batch.late_reason = "唐山市中心 王主任", "考点检修"


def _unknown_province(world: World) -> None:
    person = _first(world)
    person.id_number = _number(f"10{person.id_number[2:17]}")


def _wrong_digit(world: World) -> None:
    person = _first(world)
    last = "1" if person.id_number[-1] != "1" else "2"
    person.id_number = person.id_number[:-1] + last


def _passport_without_gender(world: World) -> None:
    person = _first(world)
    person.id_number, person.document_kind, person.gender = "E12345678", "02", ""


def _fifteen_years_old(world: World) -> None:
    person = world.person(2)
    person.id_number = _number(f"13010220050425{'001' if person.gender == '1' else '002'}")
    person.years = None
    world.db.add(_route(person, age=14))


def _route(person: Candidate, **needs: int) -> EligibilityRoute:
    """A way to the person's level that asks for nothing but this."""
    return EligibilityRoute(
        level=person.level, order=1, wording="试点条件", kind="standard",
        occupation=person.occupation, edition="试点", valid_from=date(2020, 1, 1), **needs,
    )  # fmt: skip


def _other_gender(world: World) -> None:
    person = _first(world)
    person.gender = "2" if person.gender == "1" else "1"


def _worked_since(age: int) -> Callable[[World], None]:
    def spoil(world: World) -> None:
        person = _first(world)
        born = person.birth_date
        assert born is not None
        day = factories.EXAM
        lived = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        person.years = lived - age

    return spoil


def _twice(world: World) -> None:
    person, again = world.person(2), world.person(8)
    again.id_number, again.gender = f" {person.id_number}", person.gender
    again.birth_date, again.years = person.birth_date, person.years


def _on_both_rosters(world: World) -> None:
    double = _numbered(world.db, Candidate, world.other, 1)
    double.id_number = _first(world).id_number


def _on_both_rosters_later(world: World) -> None:
    _on_both_rosters(world)
    for one in world.theirs(world.other):
        _move(one, timedelta(hours=9))


def _move(one: ExamSession, by: timedelta) -> None:
    for name in ("theory_start", "theory_end", "practical_start", "practical_end"):
        setattr(one, name, getattr(one, name) + by)


def _certified(world: World) -> None:
    person, of = _first(world), world.other
    segment = CertificateSegment(
        batch=of, body=of.body, year=2020, level=person.level, first_serial=1, last_serial=1,
        first_number="S1", last_number="S1", count=1,
    )  # fmt: skip
    held = Certificate(
        number="S1", batch=of, candidate=_numbered(world.db, Candidate, of, 1), body=of.body,
        segment=segment, occupation=person.occupation, work_type=person.work_type,
        level=person.level, holder=person.name, id_number=person.id_number,
        issued_on=date(2020, 5, 6), state="valid",
    )  # fmt: skip
    world.db.add_all([segment, held])


def _skip_a_level(world: World) -> None:
    person = world.person(3)
    person.current_level = factories.level(world.db, "5")
    world.db.add(_route(person, years=1))


def _too_short(world: World) -> None:
    person = world.person(3)
    person.years, person.education = 1, "70"


def _in_one_room(world: World) -> None:
    for one in world.sessions(*WELDERS):
        one.theory_place = world.session(1).theory_place


def _strangers_room(world: World) -> None:
    for one in world.theirs(world.stranger):
        one.theory_place = world.session(1).theory_place


def _borrow_assessor(world: World) -> None:
    """The first turner's assessor in place of a welder's, with a card for both."""
    lent, jobs = world.session(1).assessors[0], world.session(2).occupation
    lent.occupations = [*lent.occupations, jobs]
    for one in world.sessions(*WELDERS):
        one.assessors = [lent, *one.assessors[1:]]


def _borrow_for_the_theory(world: World) -> None:
    _borrow_assessor(world)
    for one in world.sessions(*WELDERS):
        one.practical_start += timedelta(hours=4)  # type: ignore[operator]
        one.practical_end += timedelta(hours=4)  # type: ignore[operator]


def _borrow_supervisor(world: World) -> None:
    for one in world.theirs(world.other):
        one.supervisors = list(world.session(1).supervisors)


def _two_assessors(world: World) -> None:
    for one in world.sessions(*TURNERS):
        one.assessors = one.assessors[:2]


def _small_site(world: World) -> None:
    batch = world.batch
    site = Site(
        body=batch.body, name=world.session(1).theory_place, region=batch.body.region, capacity=5
    )
    world.db.add(site)


def _site_elsewhere(world: World) -> None:
    """The room of the turners is a site of the body in another city."""
    far = factories.one(world.db, Region, code=factories.BAODING)
    name = world.session(1).theory_place
    world.db.add(Site(body=world.batch.body, name=name, region=far, capacity=200))


def _one_room_each(world: World) -> None:
    world.db.execute(update(StaffingRule).values(supervisor_rooms=1))


def _assessor(world: World) -> Any:
    return world.session(1).assessors[0]


def _occupation_of_others(world: World) -> None:
    _assessor(world).occupations = [world.session(2).occupation]


FAULTS: dict[str, Fault] = {
    "roster_empty": Fault(_forget(Candidate)),
    "plan_unpublished": Fault(_set(lambda w: w.batch, plan=None)),
    "plan_dates": Fault(
        lambda w: w.db.execute(
            update(Plan).where(Plan.id == w.batch.plan_id).values(planned_to=BEFORE)
        )
    ),
    "plan_of_others": Fault(_plan_of_others),
    "commission_authority": Fault(_without_authority),
    "commission_missing": Fault(_set(lambda w: w.batch, commission=None)),
    "commission_not_in_force": Fault(
        lambda w: w.db.execute(update(Commission).values(valid_to=BEFORE))
    ),
    "promise_missing": Fault(_set(lambda w: w.batch, promise_public=False)),
    "complaint_phone_missing": Fault(_set(lambda w: w.batch, complaint_phone="")),
    "phone_format": Fault(_set(_first, phone="12"), (1,)),
    "roster_unchecked": Fault(_set(lambda w: w.batch, roster_checked=False)),
    "roster_unapproved": Fault(_set(lambda w: w.batch, roster_approved=False)),
    "body_not_registered": Fault(_suspend_body),
    "body_not_valid": Fault(_set(lambda w: w.batch.body, valid_to=BEFORE)),
    "work_type_out_of_scope": Fault(_withdraw_scope, (2, 4, 6, 8, 10, 12)),
    "level_out_of_scope": Fault(_lower_scope, (3, 9)),
    "material_missing": Fault(_forget(Material, kind="employer_statement")),
    "insurance_evidence_missing": Fault(_forget(Material, kind="social_insurance"), (1, 4, 7, 10)),
    "paper_missing": Fault(_forget(ExamPaper)),
    "paper_source_missing": Fault(_set(lambda w: w.paper(1), source="")),
    "printing_agreement": Fault(_set(lambda w: w.paper(1), agreement=None)),
    "paper_group_missing": Fault(lambda w: w.db.delete(w.paper(1)), (1, 7)),
    "paper_copies": Fault(_set(lambda w: w.paper(1), copies=1)),
    "exam_dates_differ": Fault(_set(lambda w: w.batch, exam_end=date(2021, 4, 25))),
    "sessions_missing": Fault(_forget_sessions),
    "session_head_count": Fault(_set(lambda w: w.session(4), headcount=3), (4,)),
    "session_time_missing": Fault(
        _set(lambda w: w.session(4), theory_start=None, theory_end=None), (4,)
    ),
    "session_time_reversed": Fault(
        _set(lambda w: w.session(4), theory_end=datetime(2021, 4, 24, 9)), (4,)
    ),
    "supervisor_missing": Fault(_set(lambda w: w.session(4), supervisors=[]), (4,)),
    "filing_late": Fault(lambda w: None, day=LATE),
    "filing_after_exam": Fault(_allow_late, day=factories.EXAM),
    "filing_late_excepted": Fault(_allow_late, day=LATE),
    "id_missing": Fault(_set(_first, id_number=""), (1,)),
    "id_kind": Fault(_set(_first, document_kind="99"), (1,)),
    "id_format": Fault(_set(_first, id_number="123"), (1,)),
    "id_old_15": Fault(_set(_first, id_number="110105491231002"), (1,)),
    "id_kind_mismatch": Fault(_set(_first, document_kind="05"), (1,)),
    "id_birth_date": Fault(_set(_first, id_number="110105210012310021"), (1,)),
    "id_check_digit": Fault(_wrong_digit, (1,)),
    "id_region": Fault(_unknown_province, (1,)),
    "gender_format": Fault(_set(_first, gender="x"), (1,)),
    "gender_missing": Fault(_passport_without_gender, (1,)),
    "gender_mismatch": Fault(_other_gender, (1,)),
    "under_age": Fault(_fifteen_years_old, (2,)),
    "name_missing": Fault(_set(_first, name=""), (1,)),
    "name_format": Fault(_set(_first, name="张3"), (1,)),
    "years_range": Fault(_set(_first, years=61), (1,)),
    "years_over_age": Fault(_worked_since(0), (1,)),
    "years_before_16": Fault(_worked_since(15), (1,)),
    "duplicate_in_batch": Fault(_twice, (8,)),
    "candidate_overlap": Fault(_on_both_rosters, (1,)),
    "candidate_same_day": Fault(_on_both_rosters_later, (1,)),
    "certified_already": Fault(_certified, (1,)),
    "employer_differs": Fault(_set(_first, employer="乙厂"), (1,)),
    "level_not_above": Fault(
        lambda w: setattr(w.person(2), "current_level", w.person(2).level), (2,)
    ),
    "level_skipped": Fault(_skip_a_level, (3,)),
    "eligibility_none": Fault(_too_short, (3,)),
    "eligibility_unknown": Fault(_set(lambda w: w.person(3), current_date=None), (3,)),
    "room_clash": Fault(_in_one_room, ALL),
    "room_clash_possible": Fault(_strangers_room, TURNERS),
    "assessor_clash": Fault(_borrow_assessor, ALL),
    "assessor_clash_possible": Fault(_borrow_for_the_theory, ALL),
    "supervisor_clash": Fault(_borrow_supervisor, ALL),
    "assessors_missing": Fault(_set(lambda w: w.session(4), assessors=[]), (4,)),
    "assessors_few": Fault(_two_assessors, TURNERS),
    "invigilators_few": Fault(_set(lambda w: w.session(1), invigilators=1), TURNERS),
    "assessor_card": Fault(_set(_assessor, valid_to=BEFORE), TURNERS),
    "assessor_occupation": Fault(_occupation_of_others, TURNERS),
    "assessor_occupation_unknown": Fault(_set(_assessor, occupations=[]), TURNERS),
    "assessor_colleague": Fault(_set(_assessor, employer=EMPLOYER), TURNERS),
    "supervisor_card": Fault(_set(lambda w: w.session(1).supervisors[0], valid_to=BEFORE), ALL),
    "supervisor_rooms": Fault(_one_room_each, ALL),
    "site_capacity": Fault(_small_site, TURNERS),
    "site_elsewhere": Fault(_site_elsewhere, TURNERS),
}

#: Rules of the same modules that no stored batch can break, each with its reason.
IMPOSSIBLE: dict[str, str] = {
    "exam_date_missing": "认定日期不能为空",
    "level_missing": "申报等级是必填的关联",
    "level_unknown": "申报等级是必填的关联",
    "current_level_unknown": "现有证书等级是关联",
    "work_type_missing": "申报工种是必填的关联",
    "occupation_mismatch": "保存和导入都核对工种属于职业",
    "no_calendar": "没有日历的年度不能作认定日期；撤去日历的情形见 test_filing",
    "exception_needless": "批准逾期时检查，不在报送前检查之列",
    "exception_twice": "批准逾期时检查，不在报送前检查之列",
    "exception_missing": "撤销批准时检查，不在报送前检查之列",
    "exception_own": "报送时按办理人检查",
}
