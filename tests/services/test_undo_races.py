"""Is a colleague's later save never lost by an undo, and does one of many undos alone win?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.bulk import bulk, restoring, row_changes, row_edit, row_judgement, undo
from app.core.bulk.row_edit import RowEdit
from app.core.errors import AppError, RulesBroken, Stale, WrongState
from app.core.history import changed_since, operations
from app.core.records import record
from app.core.roles import SYSTEM, Actor
from app.core.tables import Operation
from app.models import Candidate, Enterprise
from tests import factories
from tests.procedure import DAYS
from tests.services.test_restoring import deletion

DB = scoped_session[Session]


def at_once(app: Flask, acts: list[Callable[[DB], Any]], actor: Actor = SYSTEM) -> list[Any]:
    """Do all of it in threads of their own; the refusal of each, or None."""
    refusals: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(place: int) -> None:
        with app.app_context(), clock.set_to(DAYS["submitted"]):
            session = app.extensions["sqlalchemy"].session
            scope.bind(session, actor)
            gate.wait(timeout=20)
            try:
                acts[place](session)
            except AppError as refusal:
                refusals[place] = refusal

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return refusals


def meanwhile(app: Flask, actor: Actor, act: Callable[[DB], Any]) -> Any:
    """Do this as somebody else, in another thread, before going on; its refusal, or None."""
    return at_once(app, [act], actor)[0]


def people_of(db: DB, number: int) -> tuple[list[Candidate], Actor]:
    """The people of a new batch, and a colleague in the same body."""
    batch = factories.batch(db, factories.body(db))
    return factories.candidates(db, batch, number), factories.clerk(batch.body)


def bulk_edit(db: DB, rows: list[Any], **values: Any) -> str:
    edits = [RowEdit(row.id, values, row.version) for row in rows]
    return row_changes.write(db, SYSTEM, type(rows[0]), edits, source="bulk").operation


def save(key: int, read: threading.Event | None = None, **values: Any) -> Callable[[DB], None]:
    def act(session: DB) -> None:
        person = session.get_one(Candidate, key)
        if read is not None:
            read.set()
        for name, value in values.items():
            setattr(person, name, value)
        record.edit(session, scope.actor_of(session), person)

    return act


def interposed(monkeypatch: pytest.MonkeyPatch, place: Any, name: str, act: Any) -> list[Any]:
    """Let ``act`` happen right after the first call of a function; what it returned."""
    real, done = getattr(place, name), []

    def called(*given: Any, **named: Any) -> Any:
        found = real(*given, **named)
        if not done:
            done.append(None)
            done[0] = act()
        return found

    monkeypatch.setattr(place, name, called)
    return done


def postgresql_only(db: DB) -> None:
    if db.get_bind().dialect.name == "sqlite":
        pytest.skip("on SQLite the claim of the operation keeps other writers out")


@pytest.mark.parametrize("again", [False, True], ids=["undo", "redo"])
def test_of_eight_undos_at_once_one_wins_and_can_be_done_again(
    db: DB, app: Flask, *, again: bool
) -> None:
    people, _ = people_of(db, 3)
    name = bulk_edit(db, people, post="焊工")
    values = ["焊工", "操作工"]
    if again:
        name, values = undo.undo(db, SYSTEM, name).operation, values[::-1]
    before = db.scalar(select(func.count()).select_from(Operation))
    db.commit()
    refusals = at_once(app, [lambda session: undo.undo(session, SYSTEM, name)] * 8)
    assert refusals.count(None) == 1
    assert {type(one) for one in refusals} == {type(None), WrongState}
    assert "已由系统于" in next(one for one in refusals if one is not None).message
    db.expire_all()
    assert {one.post for one in people} == {values[1]}
    assert db.scalar(select(func.count()).select_from(Operation)) == before + 1
    undo.undo(db, SYSTEM, operations.named(db, [name])[name].undone_by)
    assert {one.post for one in people} == {values[0]}


def test_of_many_who_take_a_deletion_back_one_wins(db: DB, app: Flask) -> None:
    # A single deletion has no row among the operations: it gets one, to be claimed like others.
    people, _ = people_of(db, 1)
    record.remove(db, SYSTEM, people[0])
    name = deletion(db, "Candidate").operation
    db.commit()
    refusals = at_once(app, [lambda session: undo.undo(session, SYSTEM, name)] * 4)
    assert refusals.count(None) == 1
    assert {type(one) for one in refusals if one is not None} == {WrongState}
    assert db.scalar(select(func.count()).select_from(Candidate)) == 1
    assert operations.named(db, [name])[name].title == "删除 1 条"


def test_of_many_who_restore_a_record_one_wins_and_the_others_are_told_so(
    db: DB, app: Flask
) -> None:
    source = factories.enterprise(db, "甲厂")
    record.remove(db, SYSTEM, source)
    number = deletion(db, "Enterprise").id
    db.commit()

    def back(session: DB) -> None:
        line = session.get_one(type(deletion(session, "Enterprise")), number)
        restoring.restore(session, SYSTEM, line)

    refusals = at_once(app, [back] * 6)
    assert refusals.count(None) == 1
    assert {one.message for one in refusals if one is not None} == {"这条记录已经恢复"}
    assert db.scalar(select(func.count()).select_from(Enterprise)) == 1


def test_an_older_deletion_does_not_bring_back_older_values(db: DB) -> None:
    company = factories.enterprise(db, "甲厂")
    record.remove(db, SYSTEM, company)
    first = deletion(db, "Enterprise")
    company = restoring.restore(db, SYSTEM, first)
    company.name = "甲厂有限公司"
    record.edit(db, SYSTEM, company)
    record.remove(db, SYSTEM, company)
    assert "最近一次" in restoring.may_restore(db, SYSTEM, first)
    with pytest.raises(AppError, match="最近一次"):
        restoring.restore(db, SYSTEM, first)
    assert restoring.restore(db, SYSTEM, deletion(db, "Enterprise")).name == "甲厂有限公司"


def test_a_save_between_the_look_and_the_writing_is_kept_and_named(
    db: DB, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgresql_only(db)
    people, colleague = people_of(db, 3)
    name, key = bulk_edit(db, people, post="焊工"), people[1].id
    db.commit()
    done = interposed(
        monkeypatch,
        changed_since,
        "problems",
        lambda: meanwhile(app, colleague, save(key, post="铣工", phone="14300000001")),
    )
    with pytest.raises(RulesBroken) as caught:
        undo.undo(db, SYSTEM, name)
    assert done == [None]
    (problem,) = caught.value.problems
    assert people[1].name in problem.message
    assert f"{colleague.name}于" in problem.message
    assert "现从事岗位由“焊工”改为“铣工”" in problem.message
    db.expire_all()
    assert [one.post for one in people] == ["焊工", "铣工", "焊工"]
    assert operations.named(db, [name])[name].undone_by == ""


def test_of_an_undo_and_a_save_at_once_one_is_told_and_nothing_is_lost(
    db: DB, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, colleague = people_of(db, 2)
    name, key = bulk_edit(db, people, post="焊工"), people[0].id
    db.commit()
    refusals: list[Any] = []
    read = threading.Event()
    saving = threading.Thread(
        target=lambda: refusals.append(meanwhile(app, colleague, save(key, read, post="铣工")))
    )

    def begin() -> None:
        saving.start()
        assert read.wait(timeout=20)
        saving.join(timeout=1)  # on SQLite it waits for the undo's end

    interposed(monkeypatch, changed_since, "problems", begin)
    refused: list[Any] = [None]
    try:
        undo.undo(db, SYSTEM, name)
    except AppError as refusal:
        refused[0] = refusal
    saving.join(timeout=30)
    db.expire_all()
    assert [type(one) for one in (*refused, *refusals)].count(type(None)) == 1
    assert people[0].post == ("操作工" if refused[0] is None else "铣工")


def test_rows_that_a_colleague_has_just_saved_are_not_deleted_by_an_undo(
    db: DB, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgresql_only(db)
    people, colleague = people_of(db, 1)
    known = people[0]
    values = {
        "batch": known.batch, "name": "张三", "gender": "1", "document_kind": "02",
        "id_number": "E00000001", "occupation": known.occupation,
        "work_type": known.work_type, "level": known.level,
    }  # fmt: skip
    edits = [RowEdit(None, values)]
    written = row_changes.write(db, SYSTEM, Candidate, edits, source="import:名册.xlsx")
    key = written.results[0].key
    assert key is not None
    done = interposed(
        monkeypatch,
        changed_since,
        "problems",
        lambda: meanwhile(app, colleague, save(key, post="铣工")),
    )
    with pytest.raises(RulesBroken, match=f"{colleague.name}于"):
        undo.undo(db, SYSTEM, written.operation)
    assert done == [None]
    db.expire_all()
    assert db.get_one(Candidate, key).post == "铣工"


def test_a_save_while_rows_are_judged_is_refused_for_that_row_alone_and_named(
    db: DB, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgresql_only(db)
    people, colleague = people_of(db, 3)
    edits = [RowEdit(one.id, {"employer": "新单位"}, one.version) for one in people]
    key = people[1].id
    db.commit()
    interposed(
        monkeypatch,
        row_judgement,
        "_take_over",
        lambda: meanwhile(app, colleague, save(key, post="铣工")),
    )
    done = row_changes.write(db, SYSTEM, Candidate, edits, source="bulk", only_sound=True)
    assert [one.status for one in done.results] == ["changed", "refused", "changed"]
    (problem,) = done.results[1].problems
    assert problem.code == "stale"
    assert f"{colleague.name}于" in problem.message
    assert "改为“铣工”" in problem.message
    db.expire_all()
    assert [one.employer == "新单位" for one in people] == [True, False, True]


def test_a_row_that_was_out_of_sight_when_chosen_is_not_written_over(db: DB) -> None:
    people, clerk = people_of(db, 1)
    (own,) = people
    other = factories.batch(db, factories.body(db, "OTHER"))
    (hidden,) = factories.candidates(db, other, 1, seed=5)
    with scope.acting(db, clerk):
        number = bulk.stage(db, clerk, Candidate, [own.id, hidden.id], {})
    kept = db.get_one(bulk.StagedEdit, number)
    # Whatever brings it into sight by then: nobody has looked at it.
    results = bulk.preview(db, SYSTEM, Candidate, kept, {"post": "焊工"})
    assert [one.status for one in results] == ["changed", "refused"]
    assert [one.code for one in results[1].problems] == ["stale"]


def test_two_acts_of_colleagues_are_both_named(db: DB) -> None:
    people, first = people_of(db, 1)
    name = bulk_edit(db, people, post="焊工")
    second = factories.clerk(people[0].batch.body)
    for actor, values in ((first, {"post": "铣工"}), (second, {"phone": "14300000001"})):
        with scope.acting(db, actor):
            save(people[0].id, **values)(db)
    (problem,) = undo.obstacles(db, name)
    assert f"后来由{first.name}于" in problem.message
    assert f"又由{second.name}于" in problem.message
    assert "联系电话" in problem.message
    assert "14300000001" not in problem.message


def test_a_stale_row_still_says_so_where_nobody_can_be_named(db: DB) -> None:
    people, _ = people_of(db, 1)
    edit = RowEdit(people[0].id, {"post": "焊工"}, people[0].version + 7)
    results = row_changes.judge(db, SYSTEM, Candidate, [edit])
    assert results[0].problems[0].code == row_edit.problems_in(Stale(""))[0].code
