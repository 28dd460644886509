"""What if two people accept the same upload, or a batch moves on, in the same moment?"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from contextvars import copy_context
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import scope
from app.errors import AppError, WrongState
from app.models import Batch, ExamSession, ImportRun
from app.services import act, importing
from tests import factories
from tests.services.importing.conftest import Desk, roster
from tests.services.importing.test_arrangement import ROW, plan

AT_ONCE = 3
SLOW = 0.5


def together(*acts: Any) -> list[str]:
    """What each act raised, or nothing, when all are begun at once, each in its own thread."""
    start, said = threading.Barrier(len(acts), timeout=30), [""] * len(acts)

    def run(place: int) -> None:
        start.wait()
        try:
            acts[place]()
        except AppError as refusal:
            said[place] = type(refusal).__name__

    threads = [
        threading.Thread(target=copy_context().run, args=(run, place)) for place in range(len(acts))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody who accepts waits for the others with what was read, as far as they come."""
    accept = sys.modules["app.services.importing.accept"]  # the package has an act of that name
    met, judge = threading.Barrier(AT_ONCE), accept.preview

    def preview(*given: Any, **more: Any) -> importing.Preview:
        shown = judge(*given, **more)
        with suppress(threading.BrokenBarrierError):
            met.wait(timeout=SLOW)
        return shown

    monkeypatch.setattr(accept, "preview", preview)


@pytest.mark.usefixtures("slow")
def test_an_upload_that_several_accept_at_once_is_written_once(desk: Desk) -> None:
    factories.assessor(desk.session, desk.batch.body, name="马力强")
    factories.supervisor(desk.session, name="魏春生")
    run = importing.stage(
        desk.session, desk.actor, desk.batch, "arrangement", plan(ROW), "考务安排.xlsx"
    )
    assert run.counts["new"] == 1
    key, engine = run.id, desk.session.get_bind()
    desk.session.commit()

    def accept_it() -> None:
        with Session(engine) as own, scope.acting(own, desk.actor):
            mine = own.get_one(ImportRun, key)
            assert mine.state == "staged"
            importing.accept_run(own, desk.actor, mine)

    said = together(*[accept_it] * AT_ONCE)
    assert sorted(said) == ["", *["WrongState"] * (AT_ONCE - 1)]
    assert desk.session.scalar(select(func.count(ExamSession.id))) == 1


def test_a_batch_that_was_withdrawn_meanwhile_takes_no_roster(desk: Desk) -> None:
    person = ("邱磊", "男", "130203198209232773", "电工", "电工", "五级")
    run = importing.stage(
        desk.session, desk.actor, desk.batch, "roster", roster(person), "名册.xlsx"
    )
    assert run.counts["new"] == 1
    with Session(desk.session.get_bind()) as other, scope.acting(other, desk.actor):
        act.act(other, desk.actor, other.get_one(Batch, desk.batch.id), "withdraw", "不考了")
    with pytest.raises(WrongState, match="已撤回"):
        importing.accept_run(desk.session, desk.actor, run)
