"""Does nothing change behind what was made public, and has an upheld objection its effect?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import NotPermitted, RulesBroken, WrongState
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.workflow import moves
from app.models import Batch, Certificate, Objection, Publicity, PublishedResult, Score
from app.roles import CITY_ADMIN
from app.services.results import announcement, published
from tests import factories, procedure
from tests.procedure import DAYS
from tests.security.people import signed_in

DB = scoped_session[Session]
LATER = date(2021, 5, 17)


@pytest.fixture
def returned(db: DB) -> Batch:
    """A batch of three whose first failed in public, and whose results came back."""
    batch = procedure.take(db, procedure.ready_batch(db), "results_submitted", failing=[1])
    act(db, batch, "return_results", DAYS["results_reviewed"], "第1名的成绩请核对")
    return batch


def act(db: DB, item: object, move: str, day: date, note: str = "") -> None:
    with clock.set_to(day):
        moves.act(db, SYSTEM, item, move, note)


def codes(refused: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return [one.code for one in refused.value.problems]


def first(db: DB, batch: Batch) -> Score:
    """The score of the first on the roster, who failed."""
    return min(procedure.of_scores(db, batch), key=lambda one: one.candidate.serial)


def let_pass(db: DB, batch: Batch) -> Score:
    """Give the one who failed in public the best marks, as the clerk of the body."""
    score = first(db, batch)
    score.practical = Decimal(99)
    with clock.set_to(LATER):
        record.edit(db, factories.clerk(batch.body), score)
    assert score.outcome == "passed"
    return score


def numbered(db: DB, batch: Batch) -> set[int]:
    with scope.acting(db, SYSTEM):
        rows = select(Certificate.candidate_id).where(Certificate.batch_id == batch.id)
        return set(db.scalars(rows))


def test_a_result_changed_after_publicity_is_not_sent_in(db: DB, returned: Batch) -> None:
    score = let_pass(db, returned)
    with pytest.raises(RulesBroken, match="公示不合格，现为合格") as refused:
        act(db, returned, "submit_results", LATER, "已更正")
    assert codes(refused) == ["result_not_public"]
    assert score.candidate.name in str(refused.value)
    assert "再次公示" in refused.value.problems[0].remedy


def test_it_is_after_a_new_publicity_of_that_person(db: DB, returned: Batch) -> None:
    score = let_pass(db, returned)
    act(db, returned, "publicise_again", LATER)
    again = procedure.publicity(db, returned)
    assert [one.candidate_id for one in published.rows(db, again)] == [score.candidate_id]
    with pytest.raises(RulesBroken):
        act(db, returned, "submit_results", LATER)
    assert again.closes_on is not None
    procedure.close_publicity(db, returned, again.closes_on)
    for move in ("submit_results", "review_results", "register"):
        act(db, returned, move, again.closes_on + timedelta(days=1), "已更正并公示")
    assert score.candidate_id in numbered(db, returned)


def test_what_was_public_first_is_kept_as_it_was(db: DB, returned: Batch) -> None:
    before = procedure.publicity(db, returned)
    said = announcement.announcement_of(db, before)
    let_pass(db, returned)
    assert announcement.announcement_of(db, before) == said
    assert sorted(one.result for one in said.rows) == ["不合格", "合格", "合格"]


def test_marks_that_change_no_result_need_no_new_publicity(db: DB, returned: Batch) -> None:
    passed = max(procedure.of_scores(db, returned), key=lambda one: one.candidate.serial)
    passed.theory = Decimal(61)
    record.edit(db, factories.clerk(returned.body), passed)
    with pytest.raises(RulesBroken) as refused:
        act(db, returned, "publicise_again", LATER)
    assert codes(refused) == ["nothing_to_publish"]
    act(db, returned, "submit_results", LATER, "已更正")
    assert returned.state == "results_submitted"


@pytest.mark.parametrize(
    ("state", "move"),
    [
        ("results_submitted", "review_results"),
        ("results_reviewed", "register"),
        ("registered", "certify"),
    ],
)
def test_no_later_step_passes_a_result_that_is_not_public(db: DB, state: str, move: str) -> None:
    """Whatever way the marks took, such as a pass rule of the plan or a hand in the database."""
    batch = procedure.take(db, procedure.ready_batch(db), state, failing=[1])
    score = first(db, batch)
    changed = update(Score).where(Score.id == score.id).values(practical=99, outcome="passed")
    with scope.acting(db, SYSTEM):
        db.execute(changed)
        db.commit()
    with pytest.raises(RulesBroken) as refused:
        act(db, batch, move, LATER)
    assert "result_not_public" in codes(refused)
    assert score.candidate_id not in numbered(db, batch)


def test_nobody_rewrites_what_was_made_public(db: DB, returned: Batch) -> None:
    row = published.rows(db, procedure.publicity(db, returned))[0]
    row.result = "合格"
    with pytest.raises((NotPermitted, WrongState, RulesBroken)):
        record.edit(db, factories.clerk(returned.body), row)


def test_publicities_of_before_are_compared_by_passed_or_not(db: DB, returned: Batch) -> None:
    with scope.acting(db, SYSTEM):
        db.execute(update(PublishedResult).values(result=""))
        db.commit()
    act(db, returned, "submit_results", LATER, "已核对\n成绩无误")
    act(db, returned, "return_results", LATER, "再核")
    let_pass(db, returned)
    with pytest.raises(RulesBroken, match="公示不合格，现为合格"):
        act(db, returned, "submit_results", LATER)


# -- objections ----------------------------------------------------------------------------------


@pytest.fixture
def public(db: DB) -> Batch:
    """A batch of three in publicity, whose first failed."""
    return procedure.take(db, procedure.ready_batch(db), "publicising", failing=[1])


def object_to(db: DB, batch: Batch, *, named: bool = True) -> Objection:
    """An objection to the first one's result."""
    made = Objection(
        publicity=procedure.publicity(db, batch),
        raised_on=DAYS["publicising"],
        raised_by="本人",
        content="实操成绩登记有误",
        candidate=first(db, batch).candidate if named else None,
    )
    with clock.set_to(DAYS["publicising"]):
        record.add(db, factories.clerk(batch.body), made)
    return made


def test_an_upheld_objection_keeps_the_results_back(db: DB, public: Batch) -> None:
    objection = object_to(db, public)
    act(db, objection, "uphold", DAYS["publicising"], "经查属实")
    end = procedure.publicity(db, public).closes_on
    assert end is not None
    with pytest.raises(RulesBroken) as refused:
        procedure.close_publicity(db, public, end)
    assert "objection_open" in codes(refused)
    with pytest.raises(RulesBroken) as refused:
        act(db, objection, "correct", end)
    assert codes(refused) == ["objection_uncorrected"]


def test_the_way_back_to_the_marks_cancels_the_publicity(db: DB, public: Batch) -> None:
    objection = object_to(db, public)
    act(db, objection, "uphold", DAYS["publicising"], "经查属实")
    cancelled = procedure.publicity(db, public)
    act(db, public, "reopen_scores", DAYS["publicising"], "异议成立，更正成绩")
    assert (public.state, cancelled.state) == ("examining", "cancelled")
    let_pass(db, public)
    act(db, objection, "correct", LATER)
    act(db, public, "score", LATER)
    act(db, public, "publicise", LATER)
    again = procedure.publicity(db, public)
    assert again.id != cancelled.id
    assert {one.result for one in published.rows(db, again)} == {"合格"}
    assert len(published.rows(db, again)) == 3


def test_a_cancelled_publicity_leaves_no_batch_between_two_stools(db: DB, public: Batch) -> None:
    act(db, procedure.publicity(db, public), "cancel", DAYS["publicising"], "名单有误")
    assert public.state == "examining"
    let_pass(db, public)


def test_a_result_may_stay_with_a_reason(db: DB, public: Batch) -> None:
    objection = object_to(db, public)
    act(db, objection, "uphold", DAYS["publicising"], "登记有误")
    with pytest.raises(RulesBroken):
        act(db, objection, "keep", DAYS["publicising"])
    act(db, objection, "keep", DAYS["publicising"], "改正后仍不合格")
    procedure.take(db, public, "results_submitted")


def test_an_objection_without_a_name_is_settled_by_any_correction(db: DB, public: Batch) -> None:
    objection = object_to(db, public, named=False)
    act(db, objection, "uphold", DAYS["publicising"], "经查属实")
    act(db, public, "reopen_scores", DAYS["publicising"], "更正")
    with pytest.raises(RulesBroken):
        act(db, objection, "correct", LATER)
    let_pass(db, public)
    act(db, objection, "correct", LATER)


def test_only_the_centre_of_the_place_takes_a_batch_back(db: DB, public: Batch) -> None:
    there = factories.actor(CITY_ADMIN, at=factories.centre(db, factories.BAODING))
    for actor in (factories.clerk(public.body), there):
        with pytest.raises(NotPermitted):
            moves.act(db, actor, public, "reopen_scores", "更正")
    here = factories.actor(CITY_ADMIN, at=factories.centre(db, factories.TANGSHAN))
    with clock.set_to(DAYS["publicising"]):
        moves.act(db, here, public, "reopen_scores", "更正")
    assert public.state == "examining"


def test_people_of_another_batch_are_not_objected_to(db: DB, public: Batch) -> None:
    other = procedure.ready_batch(db, public.body, exam=date(2021, 5, 24))
    made = Objection(
        publicity=procedure.publicity(db, public),
        raised_on=DAYS["publicising"],
        raised_by="本人",
        content="实操成绩登记有误",
        candidate=factories.candidates(db, other, 1)[0],
    )
    with pytest.raises(RulesBroken):
        record.add(db, factories.clerk(public.body), made)


def test_one_publicity_of_two_may_be_cancelled_alone(db: DB, public: Batch) -> None:
    second = Publicity(batch=public, place="企业公告栏")
    clerk = factories.clerk(public.body)
    with clock.set_to(DAYS["publicising"]):
        record.add(db, clerk, second)
        moves.act(db, SYSTEM, second, "open")
        assert len(published.rows(db, second)) == 3
        moves.act(db, SYSTEM, second, "cancel", "改用网站")
    assert public.state == "publicising"


def test_the_reviewer_sees_who_was_public_otherwise(app: Flask, db: DB, public: Batch) -> None:
    cancelled = procedure.publicity(db, public)
    act(db, public, "reopen_scores", DAYS["publicising"], "更正成绩")
    name = let_pass(db, public).candidate.name
    for move in ("score", "publicise"):
        act(db, public, move, LATER)
    again = procedure.publicity(db, public)
    [story] = published.stories(db, public)
    assert (story.candidate.name, story.now) == (name, "合格")
    assert [(one.result, one.cancelled) for one in story.said] == [
        ("不合格", True),
        ("合格", False),
    ]
    assert again.closes_on is not None
    procedure.close_publicity(db, public, again.closes_on)
    act(db, public, "submit_results", again.closes_on)
    browser = signed_in(app, CITY_ADMIN)
    page = browser.get(f"/batch/show/{public.id}").text
    assert "有1人的结果在公示以后改动过" in page
    tab = browser.get(f"/batch/show/{public.id}?tab=changes").text
    assert f"{cancelled.no}（已取消）：不合格；{again.no}：合格" in tab
