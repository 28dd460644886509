"""Does what is kept for a while go when it is over, though nobody works?"""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.core import clock, scope
from app.core.accounts import sent_forms
from app.core.bulk import bulk
from app.core.database import LARGEST_LOG
from app.core.importing import uploads
from app.core.jobs import job_list, sweeping
from app.core.jobs.sweeper import Sweeper
from app.core.lists import selection
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import ImportRun, Job, JudgedPart, JudgedSheet, Selection, SentForm, StagedEdit

LIVES = {
    "sent_form": sent_forms.LIFE,
    "selection": selection.LIFE,
    "staged_edit": bulk.LIFE,
    "import_run": uploads.LIFE,
    "job": timedelta(days=job_list.KEPT_DAYS),
}


def made(table: str, age: timedelta) -> Any:
    at = clock.now() - age
    return {
        "sent_form": SentForm(digest=f"{table}{age}"[:64], at=at),
        "selection": Selection(entity="Batch", actor_id=1, keys=[1], made_at=at),
        "staged_edit": StagedEdit(entity="Batch", actor_id=1, versions=[], asked={}, made_at=at),
        "import_run": ImportRun(
            kind="roster", entity="Candidate", filename="名册.xlsx", content=b"x" * 1000,
            digest="d", at=at, actor_id=1,
        ),
        "job": Job(
            kind="package", record_id=1, title="材料", actor_id=1, state="done", asked_at=at,
        ),
    }[table]  # fmt: skip


@pytest.fixture
def db(session: AnySession) -> AnySession:
    scope.bind(session, SYSTEM)
    for table, life in LIVES.items():
        session.add(made(table, life + timedelta(minutes=5)))
        session.add(made(table, life - timedelta(minutes=5)))
    session.flush()
    for run in session.scalars(select(ImportRun)):
        session.add(JudgedSheet(run_id=run.id, digest="d", changes=0, steps=0, head={}))
        session.flush()
        session.add(JudgedPart(run_id=run.id, only=False, number=1, rows=b"x"))
    session.commit()
    return session


def test_what_has_expired_goes_and_the_rest_stays(db: AnySession) -> None:
    tables = (*LIVES, "judged_part", "judged_sheet")
    assert sweeping.sweep(db) == dict.fromkeys(tables, 1)
    for model in (SentForm, Selection, StagedEdit, Job, JudgedPart, JudgedSheet):
        assert db.scalar(select(func.count()).select_from(model)) == 1
    runs = db.scalars(select(ImportRun).order_by(ImportRun.at)).all()
    assert [(run.state, len(run.content)) for run in runs] == [("discarded", 0), ("staged", 1000)]
    assert sweeping.sweep(db) == dict.fromkeys(tables, 0)


def test_an_accepted_upload_keeps_its_refused_rows(db: AnySession) -> None:
    kept = made("import_run", timedelta(days=400))
    kept.state = "accepted"
    db.add(kept)
    db.commit()
    sweeping.sweep(db)
    db.refresh(kept)
    assert (kept.state, len(kept.content)) == ("accepted", 1000)


def test_the_server_sweeps_by_its_clock(app: Flask, db: AnySession) -> None:
    db.remove()
    sweeper = Sweeper(app, every=0.05)
    sweeper.start()
    left = select(func.count()).select_from(SentForm)
    for _ in range(200):
        if db.scalar(left) == 1:
            break
        db.rollback()
        threading.Event().wait(0.05)
    sweeper.stop()
    sweeper.thread.join(timeout=20)
    assert not sweeper.thread.is_alive()
    assert db.scalar(left) == 1


def test_the_log_of_sqlite_gives_its_room_back(app: Flask, db: AnySession) -> None:
    if db.get_bind().dialect.name != "sqlite":
        sweeping.shorten_log(db)  # nothing to do, and nothing fails
        return
    log = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///") + "-wal"
    db.add(made("import_run", timedelta(0)))
    db.commit()
    assert Path(log).stat().st_size > 0
    assert db.scalar(text("PRAGMA journal_size_limit")) == LARGEST_LOG
    patience = db.scalar(text("PRAGMA busy_timeout"))
    sweeping.shorten_log(db)
    assert Path(log).stat().st_size == 0
    assert db.scalar(text("PRAGMA busy_timeout")) == patience
