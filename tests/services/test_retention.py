"""Is everything kept for its time, and destroyed only on an application that two people carry?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.behaviours.archive import INDEX
from app.core import clock, scope
from app.core.errors import NotPermitted, RulesBroken, WrongState
from app.core.records import record
from app.core.roles import SYSTEM, Actor
from app.core.tables import Change
from app.core.workflow import moves
from app.models import (
    ArchiveFile,
    Batch,
    Candidate,
    Certificate,
    Complaint,
    Destruction,
    ExamPaper,
    ExamSession,
    Material,
    Publicity,
    Score,
    WorkHistory,
)
from app.roles import PROVINCE_ADMIN
from app.services.archive import retention
from tests import factories, procedure
from tests.procedure import DAYS
from tests.services.test_cost import statements

DB = scoped_session[Session]
PAPER_OVER, ALL_OVER = date(2024, 5, 14), date(2026, 5, 14)
#: Rows that hang on a batch by one link, by two, or by one that is not named after it.
HANGING = (Candidate, WorkHistory, Score, ExamSession, Publicity, ArchiveFile)
PLACE = {"place": "档案室", "witnesses": "赵会敏、钱文彬"}


@pytest.fixture
def batch(db: DB) -> Batch:
    """Archived on 2021-05-13, with an attached paper."""
    made = procedure.ready_batch(db, number=2)
    paper = Material(
        batch=made, kind="other", filename="社保.pdf", size=3, digest="d", content=b"abc"
    )
    factories.keep(db, paper)
    history = WorkHistory(candidate=person(db, made), started="2015-07", place="车间")
    factories.keep(db, history)
    return procedure.take(db, made, "archived")


@pytest.fixture
def province(db: DB) -> Actor:
    return factories.actor(PROVINCE_ADMIN, at=factories.centre(db, factories.PROVINCE))


def person(db: DB, of: Batch) -> Candidate:
    return db.scalars(select(Candidate).where(Candidate.batch_id == of.id)).all()[0]


def attached(db: DB) -> Material:
    return db.scalars(select(Material).where(Material.filename == "社保.pdf")).one()


def files(db: DB, of: Batch, *, paper: bool | None = None) -> list[ArchiveFile]:
    asked = select(ArchiveFile).where(ArchiveFile.batch_id == of.id).order_by(ArchiveFile.id)
    found = db.scalars(asked).all()
    return [one for one in found if paper is None or (one.carrier == "paper") == paper]


def draft(db: DB, actor: Actor, some: list[ArchiveFile]) -> Destruction:
    made = retention.apply_for(db, actor, [one.id for one in some])
    made.place, made.witnesses = PLACE["place"], PLACE["witnesses"]
    record.edit(db, actor, made)
    return made


def broken(work: Any) -> list[str]:
    with pytest.raises(RulesBroken) as refused:
        work()
    return sorted({one.code for one in refused.value.problems})


def destroy(db: DB, some: list[ArchiveFile], province: Actor) -> Destruction:
    made = draft(db, SYSTEM, some)
    moves.act(db, SYSTEM, made, "submit")
    moves.act(db, province, made, "approve")
    moves.act(db, SYSTEM, made, "execute")
    return made


@pytest.mark.parametrize(
    "model",
    [
        Batch,
        Candidate,
        WorkHistory,
        Score,
        Material,
        ExamSession,
        ExamPaper,
        Publicity,
        ArchiveFile,
    ],
    ids=lambda model: model.__name__,
)
def test_nothing_of_an_archived_batch_is_deleted_by_hand(
    db: DB, batch: Batch, model: type[Any]
) -> None:
    item = db.scalars(select(model).order_by(model.id)).all()[0]
    with clock.set_to(ALL_OVER - timedelta(days=1)), pytest.raises(WrongState) as refused:
        record.remove(db, SYSTEM, item)
    assert "2026年5月13日" in refused.value.message
    with clock.set_to(ALL_OVER), pytest.raises(WrongState, match="档案销毁"):
        record.remove(db, SYSTEM, item)
    assert db.get(model, item.id) is not None


def test_a_centre_that_keeps_longer_is_obeyed(
    db: DB, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flask import current_app

    monkeypatch.setitem(current_app.config, "ELECTRONIC_YEARS", 30)
    with clock.set_to(ALL_OVER), pytest.raises(WrongState, match="2051年5月13日"):
        record.remove(db, SYSTEM, person(db, batch))


@pytest.mark.parametrize(
    ("day", "carriers"),
    [
        (PAPER_OVER - timedelta(days=1), set()),
        (PAPER_OVER, {"paper"}),
        (ALL_OVER - timedelta(days=1), {"paper"}),
        (ALL_OVER, {"paper", "electronic"}),
    ],
)
def test_what_is_due_is_listed_from_the_day_after(
    db: DB, batch: Batch, day: date, carriers: set[str]
) -> None:
    found = retention.due(db, day)
    assert {one.carrier for one in found} == carriers
    assert {one.batch for one in found} <= {batch.no}


def test_what_is_due_is_listed_within_the_scope_alone(db: DB, batch: Batch) -> None:
    stranger = factories.clerk(factories.body(db, "OTHER"))
    with scope.acting(db, stranger):
        assert retention.due(db, ALL_OVER) == []
    with scope.acting(db, factories.clerk(batch.body)):
        assert len(retention.due(db, ALL_OVER)) == len(INDEX)


def test_all_that_hangs_on_an_archived_batch_is_kept_with_it(db: DB, batch: Batch) -> None:
    about = {"content": "考场秩序", "channel": "telephone", "received_on": PAPER_OVER}
    complaint = Complaint(centre=batch.city_centre, batch=batch, **about)
    other = Complaint(centre=batch.city_centre, **about | {"content": "收费"})
    kept = [batch, attached(db), *(db.scalars(select(model)).first() for model in HANGING)]
    with clock.set_to(PAPER_OVER):
        record.add(db, SYSTEM, complaint)
        record.add(db, SYSTEM, other)
        for item in (*kept, complaint):
            with pytest.raises(WrongState, match=r"须保管到.*在此之前不能删除"):
                record.remove(db, SYSTEM, item)
        record.remove(db, SYSTEM, other)


def test_files_that_are_not_due_are_refused_from_the_first_draft_on(db: DB, batch: Batch) -> None:
    with clock.set_to(PAPER_OVER):
        found = broken(lambda: retention.apply_for(db, SYSTEM, [f.id for f in files(db, batch)]))
    assert found == ["destruction_due"]
    assert db.scalars(select(Destruction)).all() == []


def test_an_application_is_taken_back_once_while_nobody_has_decided(db: DB, batch: Batch) -> None:
    with clock.set_to(PAPER_OVER):
        made = draft(db, SYSTEM, files(db, batch, paper=True))
        moves.act(db, SYSTEM, made, "submit")
        moves.act(db, SYSTEM, made, "recall")
        assert (made.state, made.applied_by, made.applied_on) == ("draft", "", None)
        moves.act(db, SYSTEM, made, "submit")
        with pytest.raises(WrongState, match="已经收回过一次"):
            moves.act(db, SYSTEM, made, "recall")


def test_a_destruction_is_applied_for_by_one_and_allowed_by_another(
    db: DB, batch: Batch, province: Actor
) -> None:
    with clock.set_to(PAPER_OVER):
        made = draft(db, province, files(db, batch, paper=True))
        moves.act(db, province, made, "submit")
        with pytest.raises(NotPermitted, match="必须由另一个人办理"):
            moves.act(db, province, made, "approve")
        other = factories.actor(PROVINCE_ADMIN, at=factories.centre(db, factories.PROVINCE))
        moves.act(db, other, made, "approve")
        assert {one.state for one in files(db, batch)} == {"kept"}
        moves.act(db, factories.clerk(batch.body), made, "execute")
    assert (made.state, made.destroyed_on) == ("executed", PAPER_OVER)
    assert len({made.applied_by, made.approved_by, made.carried_out_by}) == 3
    gone = files(db, batch, paper=True)
    assert {(one.state, one.destroyed_on) for one in gone} == {("destroyed", PAPER_OVER)}
    assert {one.state for one in files(db, batch, paper=False)} == {"kept"}
    assert [step.move for step in moves.steps_of(db, gone[0])] == ["create", "destroy"]
    assert made.method == "shred"


def test_nobody_destroys_without_place_and_two_witnesses(db: DB, batch: Batch) -> None:
    with clock.set_to(PAPER_OVER):
        made = retention.apply_for(db, SYSTEM, [one.id for one in files(db, batch, paper=True)])
        found = broken(lambda: moves.act(db, SYSTEM, made, "submit"))
    assert found == ["destruction_witnesses"]


def test_attached_papers_lose_their_content_and_nothing_else(
    db: DB, batch: Batch, province: Actor
) -> None:
    with clock.set_to(ALL_OVER):
        destroy(db, files(db, batch), province)
    paper = attached(db)
    assert (paper.content, paper.destroyed_on) == (b"", ALL_OVER)
    assert (paper.filename, paper.size, paper.digest) == ("社保.pdf", 3, "d")
    traces = db.scalars(
        select(Change).where(
            Change.entity == "Material", Change.kind == "edit", Change.record_id == paper.id
        )
    ).all()
    assert [one.fields["destroyed_on"] for one in traces] == [[None, "2026-05-14"]]
    kept = [db.scalars(select(model)).all() for model in (Candidate, Score, Certificate)]
    assert [len(rows) for rows in kept] == [2, 2, 2]


def test_attached_papers_stay_while_only_paper_is_destroyed(
    db: DB, batch: Batch, province: Actor
) -> None:
    with clock.set_to(ALL_OVER):
        destroy(db, files(db, batch, paper=True), province)
    assert attached(db).content == b"abc"


def test_a_file_is_in_one_application_at_a_time_and_destroyed_once(
    db: DB, batch: Batch, province: Actor
) -> None:
    with clock.set_to(PAPER_OVER):
        paper = files(db, batch, paper=True)
        waiting = draft(db, SYSTEM, paper[:2])
        moves.act(db, SYSTEM, waiting, "submit")
        assert broken(lambda: draft(db, SYSTEM, paper[1:3])) == ["destruction_pending"]
        moves.act(db, province, waiting, "refuse", "留作样本")
        destroy(db, paper[:2], province)
        assert broken(lambda: draft(db, SYSTEM, paper[:1])) == ["destruction_due"]


def test_files_of_two_bodies_need_two_applications(db: DB, batch: Batch) -> None:
    other = procedure.ready_batch(db, factories.body(db, "OTHER"), number=1, seed=5)
    procedure.take(db, other, "archived")
    with clock.set_to(PAPER_OVER):
        mixed = [*files(db, batch, paper=True)[:1], *files(db, other, paper=True)[:1]]
        assert broken(lambda: draft(db, SYSTEM, mixed)) == ["destruction_due"]


def test_the_record_of_a_destruction_is_kept_for_ever(
    db: DB, batch: Batch, province: Actor
) -> None:
    with clock.set_to(ALL_OVER):
        made = destroy(db, files(db, batch), province)
    with clock.set_to(date(2099, 1, 1)), pytest.raises(WrongState, match="已执行"):
        record.remove(db, SYSTEM, made)
    made.witnesses = "别人、别人二"
    with pytest.raises(WrongState):
        record.edit(db, SYSTEM, made)


def test_a_destroyed_file_is_described_no_more(db: DB, batch: Batch, province: Actor) -> None:
    with clock.set_to(ALL_OVER):
        destroy(db, files(db, batch), province)
    gone = files(db, batch)[0]
    gone.place = "别处"
    with pytest.raises(WrongState, match="已销毁"):
        record.edit(db, SYSTEM, gone)


def test_carrying_out_costs_the_same_however_many_files_and_papers(db: DB, province: Actor) -> None:
    def cost(number: int, papers: int) -> int:
        made = procedure.ready_batch(db, factories.body(db, f"B{number}"), 1, seed=number)
        for place in range(papers):
            file = Material(batch=made, kind="other", filename=f"{place}.pdf", content=b"x")
            factories.keep(db, file)
        procedure.take(db, made, "archived")
        with clock.set_to(ALL_OVER):
            wanted = files(db, made)
            some = draft(db, SYSTEM, wanted if papers > 1 else wanted[-5:] + wanted[2:4])
            moves.act(db, SYSTEM, some, "submit")
            moves.act(db, province, some, "approve")
            key = some.id
            db.expunge_all()
            found = db.get_one(Destruction, key)
            return len(statements(lambda: moves.act(db, SYSTEM, found, "execute")))

    few = cost(1, 1)
    assert cost(2, 12) == few


def test_the_archive_of_a_batch_begins_its_time_on_the_day_of_filing_away(
    db: DB, batch: Batch
) -> None:
    day = DAYS["archived"]
    until = {one.carrier: one.keep_until for one in files(db, batch)}
    assert until == {
        "paper": day.replace(year=day.year + 3),
        "electronic": day.replace(year=day.year + 5),
    }


def test_nobody_shortens_the_time_by_another_carrier(db: DB, batch: Batch) -> None:
    (file,) = [one for one in files(db, batch, paper=False) if one.kind == "media"]
    until = file.keep_until
    file.carrier = "paper"
    record.edit(db, factories.clerk(batch.body), file)
    assert (file.carrier, file.keep_until) == ("paper", until)
