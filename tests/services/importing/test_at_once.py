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

from app.core import importing, scope
from app.core.errors import AppError, Stale, WrongState
from app.core.roles import SYSTEM
from app.core.tables import ImportRun
from app.core.workflow import moves
from app.models import Batch, Candidate, Enterprise, ExamSession, Site
from tests import factories
from tests.holding import held_by_others
from tests.services.importing.conftest import Desk, roster, sheet
from tests.services.importing.test_arrangement import ROW, plan
from tests.services.importing.test_rows import TANGSHAN, enterprises, line

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
    accept = sys.modules["app.core.importing.accept"]  # the package has an act of that name
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
        moves.act(other, desk.actor, other.get_one(Batch, desk.batch.id), "withdraw", "不考了")
    with pytest.raises(WrongState, match="已终止"):
        importing.accept_run(desk.session, desk.actor, run)


@pytest.mark.usefixtures("slow")
def test_the_same_sheet_accepted_by_several_at_once_makes_no_row_twice(desk: Desk) -> None:
    factories.assessor(desk.session, desk.batch.body, name="马力强")
    factories.supervisor(desk.session, name="魏春生")
    key, engine = desk.batch.id, desk.session.get_bind()
    desk.session.commit()

    def accept_it() -> None:
        with Session(engine) as own, scope.acting(own, desk.actor):
            batch = own.get_one(Batch, key)
            importing.accept(own, desk.actor, batch, "arrangement", plan(ROW), "考务安排.xlsx")

    said = together(*[accept_it] * AT_ONCE)
    assert sorted(said) == ["", *["Stale"] * (AT_ONCE - 1)]
    assert desk.session.scalar(select(func.count(ExamSession.id))) == 1


def meanwhile(monkeypatch: pytest.MonkeyPatch, module: str, name: str, act: Any) -> None:
    """Have ``act`` happen once, when the function of that name has done its part."""
    place, waiting = sys.modules[module], [act]
    real = getattr(place, name)

    def judged(*given: Any, **more: Any) -> Any:
        found = real(*given, **more)
        if waiting:
            waiting.pop()()
        return found

    monkeypatch.setattr(place, name, judged)


PERSON = ("邱磊", "男", "130203198209232773", "电工", "电工", "五级")


def test_a_row_saved_between_judging_and_writing_is_not_written_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.accept("roster", roster(PERSON))
    run = importing.stage(
        desk.session, desk.actor, desk.batch, "roster", roster(("邱雷", *PERSON[1:])), "名册.xlsx"
    )
    engine = desk.session.get_bind()
    desk.session.commit()

    def rename() -> None:
        with Session(engine) as other, scope.acting(other, desk.actor):
            other.scalars(select(Candidate)).one().name = "邱垒"
            other.commit()

    meanwhile(monkeypatch, "app.core.importing.accept", "preview", rename)
    with pytest.raises(Stale, match="重新预览"):
        importing.accept_run(desk.session, desk.actor, run)
    desk.session.expire_all()
    assert desk.session.scalars(select(Candidate.name)).one() == "邱垒"
    assert run.state == "staged"
    importing.accept_run(desk.session, desk.actor, run)
    assert desk.session.scalars(select(Candidate.name)).one() == "邱雷"


def test_a_row_that_others_add_between_judging_and_writing_is_not_made_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sheet(("考点名称", "所在地区", "工位数"), ("实训楼", TANGSHAN, 60))
    own, body = {"body": desk.batch.body}, desk.batch.body
    run = importing.stage_rows(desk.session, desk.actor, Site, own, data, "考点.xlsx")
    assert run.counts["new"] == 1
    body_id, region_id, engine = body.id, body.region_id, desk.session.get_bind()
    desk.session.commit()

    def add() -> None:
        with Session(engine) as other, scope.acting(other, desk.actor):
            other.add(Site(name="实训楼", body_id=body_id, region_id=region_id, capacity=60))
            other.commit()

    meanwhile(monkeypatch, "app.core.records.judging", "judge", add)
    with pytest.raises(Stale, match="重新预览"):
        importing.accept_run(desk.session, desk.actor, run)
    assert desk.session.scalar(select(func.count(Site.id))) == 1


def test_nobody_waits_while_a_sheet_is_read_and_judged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    met: list[str] = []

    def write_beside() -> None:
        with held_by_others(database_url):
            met.append("written")

    run = importing.stage(
        desk.session, desk.actor, desk.batch, "roster", roster(PERSON), "名册.xlsx"
    )
    meanwhile(monkeypatch, "app.core.importing.accept", "preview", write_beside)
    importing.accept_run(desk.session, desk.actor, run)
    own = importing.stage_rows(
        desk.session, SYSTEM, Enterprise, {}, enterprises(line(1)), "企业.xlsx"
    )
    with scope.acting(desk.session, SYSTEM):
        meanwhile(monkeypatch, "app.core.records.judging", "judge", write_beside)
        importing.accept_run(desk.session, SYSTEM, own)
    assert met == ["written", "written"]
    assert desk.session.scalar(select(func.count(Candidate.id))) == 1
