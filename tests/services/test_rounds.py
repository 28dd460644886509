"""Does what was sent back come again with an answer to each point, and is it seen what changed?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import NotPermitted, RulesBroken, WrongState
from app.core.records import record
from app.core.roles import SYSTEM, Actor
from app.core.tables import ReturnPoint
from app.core.workflow import moves, rounds
from app.core.workflow.moves import procedure_for
from app.core.workflow.rounds import Round
from app.models import Batch, Candidate, Material, Score, Site, WorkHistory
from app.roles import AUDITOR, CITY_ADMIN
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]
IN_TIME = DAYS["submitted"]
POINTS = "1. 缺消防证明\n2. 第2名工作单位不符"


def act(db: DB, item: Any, move: str, note: str = "", day: date = IN_TIME) -> None:
    with clock.set_to(day):
        moves.act(db, SYSTEM, item, move, note)


def codes(work: Callable[[], None]) -> list[str]:
    with pytest.raises(RulesBroken) as refused:
        work()
    return [one.code for one in refused.value.problems]


def last(db: DB, item: Any) -> Round:
    return rounds.rounds_of(db, procedure_for(type(item)), item)[-1]


def say(db: DB, item: Any, who: Actor = SYSTEM, **texts: str) -> None:
    given = {int(name[1:]): text for name, text in texts.items()}
    rounds.answer(db, who, procedure_for(type(item)), item, given)


def people(db: DB, batch: Batch) -> list[Candidate]:
    with scope.acting(db, SYSTEM):
        return sorted(batch_people(db, batch), key=lambda one: one.serial)


def batch_people(db: DB, batch: Batch) -> list[Candidate]:
    return list(db.query(Candidate).filter(Candidate.batch_id == batch.id))


@pytest.fixture
def returned(db: DB) -> Batch:
    """A batch that the city sent back for two reasons."""
    batch = procedure.take(db, procedure.ready_batch(db), "submitted")
    act(db, batch, "return", POINTS)
    return batch


@pytest.fixture
def mended(db: DB, returned: Batch) -> Batch:
    """The same with one row changed."""
    record.edit(db, SYSTEM, _edited(people(db, returned)[1]))
    return returned


def _edited(person: Candidate) -> Candidate:
    person.employer = "唐山新厂"
    return person


def test_each_line_of_the_reason_is_a_point(db: DB, returned: Batch) -> None:
    assert [one.text for one in last(db, returned).points] == ["缺消防证明", "第2名工作单位不符"]


def test_it_is_not_sent_again_without_an_answer_to_each_point(db: DB, mended: Batch) -> None:
    found = codes(lambda: act(db, mended, "submit"))
    assert found == ["return_unanswered"] * 2
    assert codes(lambda: act(db, mended, "submit", "已补\n \n")) == ["return_unanswered"]
    assert mended.state == "returned"
    act(db, mended, "submit", "已补消防证明\n已改工作单位")
    assert [one.answer for one in last(db, mended).points] == ["已补消防证明", "已改工作单位"]
    assert moves.steps_of(db, mended)[-1].note == "1. 已补消防证明\n2. 已改工作单位"


def test_it_is_not_sent_again_unchanged_without_a_reason(db: DB, returned: Batch) -> None:
    answers = "已有证明\n单位无误"
    assert codes(lambda: act(db, returned, "submit", answers)) == ["return_unchanged"]
    act(db, returned, "submit", f"{answers}\n两处都已电话核实，名册不用改")
    assert "不用改" in moves.steps_of(db, returned)[-1].note


def test_answers_wait_on_the_record_until_it_is_sent(db: DB, mended: Batch) -> None:
    clerk = factories.clerk(mended.body)
    say(db, mended, clerk, p1="已补")
    assert codes(lambda: act(db, mended, "submit")) == ["return_unanswered"]
    say(db, mended, clerk, p2="已改")
    act(db, mended, "submit")
    points = last(db, mended).points
    assert [(one.answer, one.answered_by) for one in points] == [
        ("已补", clerk.name),
        ("已改", clerk.name),
    ]
    with pytest.raises(WrongState, match="没有要答复的退回意见"):
        say(db, mended, clerk, p1="再改")


def test_only_who_may_send_it_in_answers(db: DB, returned: Batch) -> None:
    with pytest.raises(NotPermitted):
        say(db, returned, factories.actor(AUDITOR, at=returned.city_centre), p1="改好了")
    assert last(db, returned).answered() == {}


def test_of_many_together_none_is_sent_without_its_own_answers(db: DB, mended: Batch) -> None:
    other = procedure.take(db, procedure.ready_batch(db, mended.body), "submitted")
    act(db, other, "return", "缺页")
    record.edit(db, SYSTEM, _edited(people(db, other)[0]))
    say(db, other, p1="已补页")
    with clock.set_to(IN_TIME):
        done = moves.act_many(db, SYSTEM, Batch, [mended.id, other.id], "submit", "都已改好")
    assert [one.ok for one in done] == [False, True]
    assert {one.code for one in done[0].problems} == {"return_unanswered"}
    assert "“整改”页" in done[0].problems[0].message


def test_the_rounds_are_counted_and_kept(db: DB, mended: Batch) -> None:
    act(db, mended, "submit", "已补\n已改")
    assert (last(db, mended).number, last(db, mended).last) == (2, True)
    act(db, mended, "return", "仍缺证明")
    assert codes(lambda: act(db, mended, "submit", "已附")) == ["return_unchanged"]
    record.edit(db, SYSTEM, _renamed(people(db, mended)[0]))
    act(db, mended, "submit", "已附")
    found = rounds.rounds_of(db, procedure_for(Batch), mended)
    assert [(one.number, one.last, one.points[0].answer) for one in found] == [
        (2, False, "已补"),
        (3, True, "已附"),
    ]
    act(db, mended, "file", day=DAYS["filed"])
    assert not last(db, mended).last


def _renamed(person: Candidate) -> Candidate:
    person.phone = "13900001111"
    return person


def test_taken_back_it_still_answers_the_same_return(db: DB, mended: Batch) -> None:
    act(db, mended, "submit", "已补\n已改")
    act(db, mended, "recall")
    assert last(db, mended).answered() == {1: "已补", 2: "已改"}
    act(db, mended, "submit")
    assert moves.steps_of(db, mended)[-1].note == "1. 已补\n2. 已改"


def test_what_was_changed_is_told_row_by_row(db: DB, returned: Batch) -> None:
    first, second, _third = people(db, returned)
    with scope.acting(db, SYSTEM):
        record.edit(db, SYSTEM, _edited(second))
        record.add(db, SYSTEM, WorkHistory(candidate=first, started="2015-07", place="车间"))
        material = db.query(Material).filter(Material.batch_id == returned.id).first()
        record.remove(db, SYSTEM, material)
        returned.place = "路北区"
        record.edit(db, SYSTEM, returned)
    found = {(one.model.__name__, one.kind) for one in last(db, returned).changes(db, returned)}
    assert found == {
        ("Candidate", "edit"), ("WorkHistory", "add"), ("Material", "delete"), ("Batch", "edit"),
    }  # fmt: skip


def test_what_was_changed_and_changed_back_is_no_change(db: DB, returned: Batch) -> None:
    person = people(db, returned)[1]
    before = person.employer
    record.edit(db, SYSTEM, _edited(person))
    person.employer = before
    record.edit(db, SYSTEM, person)
    added = WorkHistory(candidate=person, started="2015-07", place="车间")
    record.add(db, SYSTEM, added)
    record.remove(db, SYSTEM, added)
    assert last(db, returned).changes(db, returned) == []
    assert codes(lambda: act(db, returned, "submit", "已补\n已改")) == ["return_unchanged"]


def test_what_others_changed_in_other_batches_is_no_change(db: DB, returned: Batch) -> None:
    other = procedure.ready_batch(db, returned.body)
    record.edit(db, SYSTEM, _edited(people(db, other)[0]))
    assert last(db, returned).changes(db, returned) == []


def test_a_return_from_before_there_were_points_is_one_point(db: DB, mended: Batch) -> None:
    with scope.acting(db, SYSTEM):
        db.execute(delete(ReturnPoint))
        db.commit()
    assert [one.text for one in last(db, mended).points] == [POINTS]
    assert codes(lambda: act(db, mended, "submit")) == ["return_unanswered"]
    act(db, mended, "submit", "两处都已改好")
    assert last(db, mended).answered() == {1: "两处都已改好"}


def test_returned_results_are_answered_the_same_way(db: DB) -> None:
    batch = procedure.take(db, procedure.ready_batch(db), "results_submitted")
    day = DAYS["results_reviewed"]
    act(db, batch, "return_results", "第1名的成绩请核对", day)
    assert codes(lambda: act(db, batch, "submit_results", day=day)) == [
        "return_unanswered",
        "return_unchanged",
    ]
    score = procedure.of_scores(db, batch)[0]
    score.theory = Decimal(81)
    record.edit(db, SYSTEM, score)
    assert [one.model for one in last(db, batch).changes(db, batch)] == [Score]
    act(db, batch, "submit_results", "已核对更正", day)
    assert batch.state == "results_submitted"


def test_a_returned_body_and_a_returned_commission_are_answered_too(db: DB) -> None:
    of = factories.body(db, "NEW", state="draft")
    asked = factories.commission(db, factories.body(db), factories.enterprise(db))
    for item, field in ((of, "contact"), (asked, "content")):
        act(db, item, "submit")
        act(db, item, "return", "请补正")
        assert codes(lambda item=item: act(db, item, "submit")) == [  # type: ignore[misc]
            "return_unanswered",
            "return_unchanged",
        ]
        setattr(item, field, "已补正")
        record.edit(db, SYSTEM, item)
        act(db, item, "submit", "已补正")
        assert item.state == "submitted"


def test_a_row_of_the_body_counts_as_a_change_of_it(db: DB) -> None:
    of = factories.body(db, "NEW", state="draft")
    act(db, of, "submit")
    act(db, of, "return", "缺考点")
    city = factories.actor(CITY_ADMIN, at=of.city_centre)
    assert last(db, of).changes(db, of) == []
    made = Site(body=of, name="新考点", address="路北区1号", region=of.region)
    record.add(db, city, made)
    assert [one.model for one in last(db, of).changes(db, of)] == [Site]
