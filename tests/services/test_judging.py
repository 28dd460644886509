"""Is judging many rows a question alone, that nobody has to wait for?"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.bulk import bulk, row_changes
from app.core.bulk.grid import save
from app.core.bulk.grid_cells import Sent
from app.core.bulk.grid_lines import OwnRows
from app.core.bulk.row_edit import RowEdit
from app.core.declarations.base import entities
from app.core.records import belonging
from app.core.roles import SYSTEM
from app.core.tables import StagedEdit
from app.models import Batch, Candidate, Plan
from app.roles import BODY_CLERK, CITY_CLERK, PROVINCE_CLERK
from tests import factories, procedure
from tests.holding import held_by_others

DB = scoped_session[Session]


def test_previews_write_nothing_and_hold_nothing(db: DB, database_url: str) -> None:
    batch = procedure.ready_batch(db, number=3)
    people = list(db.scalars(select(Candidate)))
    number = bulk.stage(db, SYSTEM, Candidate, [one.id for one in people], {})
    kept = db.get_one(StagedEdit, number)
    made = {"body": batch.body, "name": "新批次", "exam_date": batch.exam_date}
    db.commit()
    with held_by_others(database_url):
        shown = bulk.preview(db, SYSTEM, Candidate, kept, {"post": "焊工"})
        judged = row_changes.judge(db, SYSTEM, Batch, [RowEdit(None, made), RowEdit(None, made)])
    assert [one.status for one in (*shown, *judged)] == ["changed"] * 3 + ["new"] * 2
    assert not db.new
    assert not db.dirty
    with held_by_others(database_url):
        pass  # judging has left nothing behind that holds others


def test_a_grid_with_a_wrong_cell_holds_nobody(db: DB, database_url: str) -> None:
    procedure.ready_batch(db, number=2)
    people = list(db.scalars(select(Candidate)))
    rows = OwnRows(db, SYSTEM, Candidate, ("name", "phone"), {})
    sent = [
        Sent(f"{people[0].id}", people[0].version, {"name": "改名"}),
        Sent(f"{people[1].id}", people[1].version, {"name": ""}),
    ]
    db.commit()
    with held_by_others(database_url):
        outcome = save(rows, sent)
    assert [one.problem.code for one in outcome.refused] == ["required"]


def test_a_confirmed_bulk_edit_is_judged_before_it_holds_others(
    db: DB, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    procedure.ready_batch(db, number=2)
    keys = list(db.scalars(select(Candidate.id)))
    kept = db.get_one(StagedEdit, bulk.stage(db, SYSTEM, Candidate, keys, {}))
    real, met = row_changes.judge_rows, []

    def judged(*given: Any) -> Any:
        found = real(*given)
        with held_by_others(database_url):
            met.append("free")
        return found

    monkeypatch.setattr(row_changes, "judge_rows", judged)
    done = bulk.confirm(db, SYSTEM, Candidate, kept, {"post": "焊工"})
    assert [one.status for one in done.results] == ["changed", "changed"]
    assert met == ["free"]


@pytest.mark.parametrize("role", [BODY_CLERK, CITY_CLERK, PROVINCE_CLERK])
def test_what_would_be_seen_is_what_is_seen(db: DB, role: str) -> None:
    mine = procedure.ready_batch(db, number=1)
    factories.batch(db, factories.body(db, "OTHER", city=factories.BAODING))
    factories.enterprise(db)
    place: dict[str, Any] = {"body": mine.body} if role == BODY_CLERK else {"at": mine.city_centre}
    actor = factories.actor(role, **place)
    compared = 0
    for model in entities():
        rows = list(db.scalars(select(model)))[:200]
        with scope.acting(db, actor):
            seen = set(db.scalars(select(model.id).where(model.id.in_([one.id for one in rows]))))
            hidden = belonging.misplaced(db, actor, rows)
        unseen = {
            item.id
            for item, why in hidden.items()
            if why.problems[0].code == "out_of_scope"  # type: ignore[attr-defined]
        }
        assert {one.id for one in rows} - unseen == seen, model.__name__
        compared += bool(rows)
    assert compared > 15


def test_a_new_row_is_judged_by_where_it_will_stand(db: DB) -> None:
    mine = procedure.ready_batch(db, number=1)
    other = factories.batch(db, factories.body(db, "OTHER"))
    clerk = factories.actor(BODY_CLERK, body=mine.body)
    bodies = (mine.body, other.body)
    with scope.acting(db, clerk):
        there = belonging.misplaced(db, clerk, [Candidate(batch=other), Candidate(batch=mine)])
        plans = belonging.misplaced(
            db, clerk, [*(Plan(body=one) for one in bodies), Plan(body_id=mine.body_id)]
        )
    assert [one.batch.id for one in there if isinstance(one, Candidate)] == [other.id]
    assert [one.body is bodies[1] for one in plans if isinstance(one, Plan)] == [True]
