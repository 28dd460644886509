"""Is a row added, changed or deleted whole or not at all, and only where that is allowed?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import NotPermitted, Problem, RulesBroken, Stale, WrongState
from app.core.records import editable, record
from app.core.roles import SYSTEM, Actor
from app.core.tables import Change, Step
from app.models import (
    ArchiveFile,
    Batch,
    Body,
    Candidate,
    Certificate,
    Complaint,
    Enterprise,
    Region,
    Site,
    WorkHistory,
)
from app.roles import AUDITOR, CITY_ADMIN, SYSTEM_ADMIN
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]


def refused(db: DB, act: Any, item: Any, actor: Actor = SYSTEM) -> list[Problem]:
    """The problems for which the act refuses the item."""
    with scope.acting(db, actor), pytest.raises(RulesBroken) as caught:
        act(db, actor, item)
    return list(caught.value.problems)


def count(db: DB, model: Any) -> int:
    return int(db.scalar(select(func.count()).select_from(model)) or 0)


def another(db: DB) -> Session:
    """A second session that keeps what it read, as a request does between reading and writing."""
    made = Session(db.get_bind(), expire_on_commit=False)
    scope.bind(made, SYSTEM)
    return made


def a_batch(of: Body, **values: Any) -> Batch:
    return Batch(body=of, **({"name": "批次", "exam_date": factories.EXAM} | values))


# -- what a row must have ------------------------------------------------------------------------


def test_everything_that_is_missing_is_said_at_once_in_its_label(db: DB) -> None:
    problems = refused(db, record.add, Site())
    assert {(one.code, one.field) for one in problems} == {
        ("required", "body"),
        ("required", "name"),
        ("required", "region"),
    }
    assert [one.message for one in problems if one.field == "name"] == ["“考点名称”必须填写"]


@pytest.mark.parametrize("model", [Batch, Candidate, Complaint, Enterprise, WorkHistory])
def test_an_empty_row_of_any_kind_is_refused_in_words(db: DB, model: Any) -> None:
    assert {one.code for one in refused(db, record.add, model())} == {"required"}
    assert count(db, model) == 0


def test_blank_text_does_not_fill_a_field(db: DB) -> None:
    site = Site(body=factories.body(db), name="", region=factories.one(db, Region, code="130200"))
    assert [one.field for one in refused(db, record.add, site)] == ["name"]


def test_a_text_that_its_column_cannot_keep_is_refused_at_its_field(db: DB) -> None:
    body = factories.body(db)
    (problem,) = refused(db, record.add, a_batch(body, name="长" * 500))
    assert (problem.code, problem.field) == ("too_long", "name")
    assert "500" in problem.message
    problems = refused(db, record.add, a_batch(body, name="批次\udcff", remark="一\0二"))
    assert [(one.code, one.field) for one in problems] == [
        ("bad_characters", "name"),
        ("bad_characters", "remark"),
    ]


def test_a_code_outside_its_list_is_refused(db: DB) -> None:
    batch = a_batch(factories.body(db), mode="guess")
    assert [(one.code, one.field) for one in refused(db, record.add, batch)] == [
        ("code_unknown", "mode")
    ]


def test_the_rules_of_a_row_and_its_code_lists_object_together(db: DB) -> None:
    body = factories.body(db)
    batch = a_batch(body, mode="guess", exam_end=date(2021, 4, 1))
    assert {one.code for one in refused(db, record.add, batch)} == {
        "code_unknown",
        "dates_reversed",
    }


def test_a_plan_of_another_body_is_refused(db: DB) -> None:
    plan = factories.plan(db, factories.body(db, "OTHER"))
    problems = refused(db, record.add, a_batch(factories.body(db), plan=plan))
    assert [(one.code, one.field) for one in problems] == [("parents_apart", "plan")]


# -- duplicates ----------------------------------------------------------------------------------


def test_a_second_row_with_a_unique_value_is_refused_by_the_name_of_that_field(db: DB) -> None:
    problems = refused(db, record.add, Region(code="130200", name="再来一个"))
    assert [(one.code, one.field) for one in problems] == [("duplicate", "code")]
    assert problems[0].message == "已有相同“代码”的行政区划，请核对后修改"


def test_of_several_unique_fields_the_one_that_was_hit_is_named(db: DB) -> None:
    known = factories.enterprise(db, "甲厂")
    again = Enterprise(
        name="乙厂",
        credit_code=known.credit_code,
        region=known.region,
        city_centre=known.city_centre,
    )
    problems = refused(db, record.add, again)
    assert [(one.code, one.field) for one in problems] == [("duplicate", "credit_code")]
    assert "统一社会信用代码" in problems[0].message
    assert "企业名称" not in problems[0].message


def test_the_same_person_twice_in_a_batch_is_refused_by_the_number(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    (first,) = factories.candidates(db, batch, 1)
    again = Candidate(
        batch=batch,
        name=first.name,
        gender=first.gender,
        id_number=first.id_number,
        occupation=first.occupation,
        work_type=first.work_type,
        level=first.level,
    )
    problems = refused(db, record.add, again)
    assert [(one.code, one.field) for one in problems] == [("duplicate", "id_number")]
    assert "身份证号" in problems[0].message
    assert count(db, Candidate) == 1


def test_a_duplicate_by_editing_is_refused_the_same_way_and_changes_nothing(db: DB) -> None:
    one, two = factories.enterprise(db, "甲厂"), factories.enterprise(db, "乙厂")
    two.name = one.name
    problems = refused(db, record.edit, two)
    assert [(one.code, one.field) for one in problems] == [("duplicate", "name")]
    db.commit()
    assert set(db.scalars(select(Enterprise.name))) == {"甲厂", "乙厂"}


def test_a_form_that_sends_the_unique_values_unchanged_leaves_them_as_they_are(db: DB) -> None:
    person = factories.candidates(db, factories.batch(db, factories.body(db)), 1)[0]
    before = (person.document_kind, person.id_number)
    person.document_kind, person.id_number = before
    person.post = "焊工"
    record.edit(db, SYSTEM, person)
    db.expire_all()
    assert (person.document_kind, person.id_number, person.post) == (*before, "焊工")


# -- numbers -------------------------------------------------------------------------------------


def test_a_new_batch_is_numbered_by_body_and_year_and_born_as_a_draft(db: DB) -> None:
    body = factories.body(db)
    made = [a_batch(body), a_batch(body), a_batch(body, exam_date=date(2022, 1, 8))]
    for batch in made:
        record.add(db, SYSTEM, batch)
    assert [batch.no for batch in made] == ["KESHI-2021-0001", "KESHI-2021-0002", "KESHI-2022-0001"]
    assert {batch.state for batch in made} == {"draft"}
    born = db.scalars(select(Step).where(Step.entity == "Batch")).all()
    assert [(one.move, one.target) for one in born] == [("create", "draft")] * 3


def test_a_refused_row_takes_no_number(db: DB) -> None:
    body = factories.body(db)
    refused(db, record.add, a_batch(body, exam_end=date(2021, 4, 1)))
    record.add(db, SYSTEM, made := a_batch(body))
    assert made.no == "KESHI-2021-0001"


def test_a_row_refused_by_the_database_takes_no_number(db: DB) -> None:
    body = factories.body(db)
    letter = a_batch(body)
    letter.centre_id = 10_000  # no such centre
    refused(db, record.add, letter)
    record.add(db, SYSTEM, made := a_batch(body))
    assert made.no == "KESHI-2021-0001"


def test_a_batch_takes_over_what_its_body_has_on_file(db: DB) -> None:
    body = factories.body(db)
    record.add(db, SYSTEM, made := a_batch(body))
    assert (made.centre, made.city_centre) == (body.centre, body.city_centre)
    assert (made.contact, made.phone) == (body.contact, body.phone)
    assert made.complaint_phone == body.complaint_phone


def test_candidates_are_counted_in_their_batch_and_born_as_their_number_says(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    first, second = factories.candidates(db, batch, 2)
    db.delete(first)
    db.commit()
    again = Candidate(
        batch=batch, name="曹怡", gender="1", id_number="130203198209232773", phone="13888572013",
        occupation=second.occupation, work_type=second.work_type, level=second.level,
    )  # fmt: skip
    record.add(db, SYSTEM, again)
    assert (again.serial, again.birth_date) == (3, date(1982, 9, 23))


# -- who and where -------------------------------------------------------------------------------


def test_a_role_without_the_right_changes_nothing_of_the_kind(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    for role in (AUDITOR, SYSTEM_ADMIN):
        actor = factories.actor(role, at=factories.centre(db, factories.PROVINCE))
        with pytest.raises(NotPermitted, match="您的角色不能维护“认定业务”"):
            record.add(db, actor, a_batch(batch.body))
        with pytest.raises(NotPermitted):
            record.edit(db, actor, batch)
        with pytest.raises(NotPermitted):
            record.remove(db, actor, batch)
        assert editable.may_edit(db, actor, batch)
        assert not editable.may_add(actor, Batch)


def test_a_clerk_adds_nothing_for_another_body(db: DB) -> None:
    mine, other = factories.body(db), factories.body(db, "OTHER")
    clerk = factories.clerk(mine)
    problems = refused(db, record.add, a_batch(other), clerk)
    assert [one.code for one in problems] == ["out_of_scope"]
    assert "不在您的管辖范围内" in problems[0].message
    assert count(db, Batch) == 0
    record.add(db, SYSTEM, made := a_batch(other))
    assert made.no == "OTHER-2021-0001"


def test_a_row_cannot_be_sent_out_of_ones_own_sight(db: DB) -> None:
    batch = factories.batch(db, factories.body(db, at=factories.TANGSHAN))
    city = factories.actor(CITY_ADMIN, at=factories.centre(db))
    far = factories.centre(db, factories.BAODING)
    with scope.acting(db, city):
        batch.centre, batch.region = far, far.region
    problems = refused(db, record.edit, batch, city)
    assert [one.code for one in problems] == ["out_of_scope"]
    db.commit()
    assert batch.city_centre.code == factories.TANGSHAN


def test_what_the_procedure_issues_is_not_made_by_hand(db: DB) -> None:
    procedure.take(db, procedure.ready_batch(db, number=1), "certified")
    certificate = db.scalars(select(Certificate)).one()
    province = factories.actor("province_admin", at=factories.centre(db, factories.PROVINCE))
    assert not editable.may_add(SYSTEM, Certificate)
    for work in (record.add, record.edit, record.remove):
        with pytest.raises((NotPermitted, WrongState), match="由系统按程序产生"):
            work(db, province, certificate)


# -- closed rows ---------------------------------------------------------------------------------


def test_a_candidate_of_a_submitted_batch_is_closed_to_every_change(db: DB) -> None:
    procedure.take(db, procedure.ready_batch(db, number=2), "submitted")
    first, second = db.scalars(select(Candidate).order_by(Candidate.serial))
    first.name = "改名"
    with pytest.raises(WrongState, match="现在是“已提交”，参评人员不能再改"):
        record.edit(db, SYSTEM, first)
    db.rollback()
    with pytest.raises(WrongState):
        record.remove(db, SYSTEM, second)
    with pytest.raises(WrongState):
        record.add(db, SYSTEM, WorkHistory(candidate=first, started="2015-07", place="车间"))
    db.commit()
    assert count(db, Candidate) == 2
    assert first.name != "改名"


def test_a_closed_row_cannot_be_opened_by_moving_it_to_an_open_batch(db: DB) -> None:
    body = factories.body(db)
    closed = procedure.take(db, procedure.ready_batch(db, body, 1), "submitted")
    opened = factories.batch(db, body)
    row = db.scalars(select(Candidate).where(Candidate.batch_id == closed.id)).one()
    row.batch = opened
    with pytest.raises((WrongState, RulesBroken)):
        record.edit(db, SYSTEM, row)
    db.rollback()
    assert row.batch == closed


# -- two people ----------------------------------------------------------------------------------


def test_a_batch_stays_with_the_body_and_so_with_the_centre_that_approved_it(db: DB) -> None:
    """Else a city could draft for a body of its own and put one of the province in its place."""
    own = factories.body(db, "OWN", at=factories.TANGSHAN)
    batch = factories.batch(db, own)
    batch.body = factories.body(db, "PROVINCIAL")
    (problem,) = refused(db, record.edit, batch)
    assert (problem.code, problem.field) == ("parent_changed", "body")
    db.rollback()
    assert (batch.body.code, batch.centre_id) == ("OWN", own.centre_id)


def test_nothing_of_an_archived_batch_is_thrown_away_before_its_time(db: DB) -> None:
    batch = procedure.take(db, procedure.ready_batch(db), "certified")
    clerk = factories.clerk(batch.body)
    early = ArchiveFile(batch=batch, kind="roster", carrier="paper", title="登记错的")
    with scope.acting(db, clerk), clock.set_to(DAYS["certified"]):
        record.add(db, clerk, early)
        record.remove(db, clerk, early)
    procedure.take(db, batch, "archived")
    kept = db.scalars(select(ArchiveFile).where(ArchiveFile.carrier == "paper")).first()
    assert kept is not None
    with scope.acting(db, clerk):
        with clock.set_to(kept.keep_until), pytest.raises(WrongState, match="2026年5月13日"):
            record.remove(db, clerk, kept)
        over = date(2026, 5, 14)
        with clock.set_to(over), pytest.raises(WrongState, match="请用“档案销毁”申请"):
            record.remove(db, clerk, kept)


def test_of_two_who_save_the_same_row_the_second_is_told(db: DB) -> None:
    mine = factories.enterprise(db, "甲厂")
    with another(db) as other:
        theirs = other.get_one(Enterprise, mine.id)
        other.commit()
        mine.contact = "先存"
        record.edit(db, SYSTEM, mine)
        theirs.contact = "后存"
        with pytest.raises(Stale, match="刚刚被别人保存过"):
            record.edit(other, SYSTEM, theirs)  # type: ignore[arg-type]
    db.expire_all()
    assert mine.contact == "先存"


def test_a_row_that_was_changed_meanwhile_is_not_deleted(db: DB) -> None:
    mine = factories.enterprise(db, "甲厂")
    with another(db) as other:
        theirs = other.get_one(Enterprise, mine.id)
        other.commit()
        mine.contact = "先存"
        record.edit(db, SYSTEM, mine)
        with pytest.raises(Stale):
            record.remove(other, SYSTEM, theirs)
    assert count(db, Enterprise) == 1


# -- deleting ------------------------------------------------------------------------------------


def test_a_row_in_use_is_not_deleted_but_to_be_retired(db: DB) -> None:
    body = factories.body(db)
    factories.batch(db, body)
    problems = refused(db, record.remove, body)
    assert [one.code for one in problems] == ["in_use"]
    assert "已被其他记录引用，不能删除" in problems[0].message
    assert count(db, Body) == 1


def test_a_candidate_goes_with_the_lines_of_the_work_history(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    (person,) = factories.candidates(db, batch, 1)
    record.add(db, SYSTEM, WorkHistory(candidate=person, started="2015-07", place="车间"))
    record.remove(db, SYSTEM, person)
    assert (count(db, Candidate), count(db, WorkHistory)) == (0, 0)
    gone = db.scalars(select(Change.entity).where(Change.kind == "delete"))
    assert set(gone) == {"Candidate", "WorkHistory"}


# -- a refusal leaves nothing --------------------------------------------------------------------


def test_a_refused_change_does_not_slip_in_with_the_next_commit(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    batch.exam_end = date(2021, 4, 1)
    refused(db, record.edit, batch)
    db.commit()
    db.expire_all()
    assert batch.exam_end is None


def test_a_change_is_marked_and_leaves_before_and_after(db: DB) -> None:
    clerk = factories.clerk(factories.body(db))
    with scope.acting(db, clerk), clock.set_to(date(2021, 4, 6)):
        body = db.get(Body, clerk.body_id)
        assert body is not None
        batch = a_batch(body, target="own_staff")
        record.add(db, clerk, batch)
        batch.name = "春季批次"
        batch.exam_date = date(2021, 5, 8)
        record.edit(db, clerk, batch)
    assert batch.created_by_id == batch.changed_by_id == clerk.id
    assert batch.created_at is not None
    assert batch.created_at.date() == date(2021, 4, 6)
    lines = db.scalars(select(Change).where(Change.entity == "Batch").order_by(Change.id)).all()
    assert [line.kind for line in lines] == ["add", "edit"]
    assert lines[1].fields == {
        "name": ["批次", "春季批次"],
        "exam_date": ["2021-04-24", "2021-05-08"],
    }
    assert (lines[1].actor_id, lines[1].actor_name) == (clerk.id, clerk.name)
    assert (lines[1].record_id, lines[1].title, lines[1].source) == (batch.id, batch.no, "test")
