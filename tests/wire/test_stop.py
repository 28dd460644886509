"""Does the server stop without cutting anybody off, and leave one whole database file?"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import scope
from app.core.accounts import acting
from app.core.jobs import job_list
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Job
from app.roles import BODY_CLERK
from tests import procedure
from tests.security.people import someone
from tests.served import Answer, Served, serving
from tests.servers import Database

SLOW = """
import time
import run
from app.services.documents import package

inner = run.app.wsgi_app

def answer(environ, start_response):
    if environ["PATH_INFO"] != "/slow":
        return inner(environ, start_response)
    time.sleep(3)
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return ["做完了".encode()]

def make(session, actor, batch, name, out, progress):
    print("begun", flush=True)
    for step in range(600):
        progress(step, 600)
        time.sleep(0.1)

package.make = make
run.app.wsgi_app = answer
run.serve(run.app)
"""


@pytest.fixture
def served(
    app: Flask, database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Served]:
    """The shipped server with one page and one job that take long."""
    database.touched = True
    script = tmp_path / "slow.py"
    script.write_text(f"import sys\nsys.path.insert(0, '.')\n{SLOW}", encoding="utf-8")
    more = getattr(request, "param", {})
    with serving(database.url, str(script), **more) as found:
        yield found


def left_behind(database: Database) -> list[str]:
    path = getattr(database, "path", None)
    if path is None:  # PostgreSQL minds its own files
        return []
    return [one.name for one in path.parent.glob(f"{path.name}-*")]


def ask_slowly(served: Served) -> tuple[threading.Thread, list[Answer]]:
    answers: list[Answer] = []
    asking = threading.Thread(target=lambda: answers.append(served.browser().ask("/slow")))
    asking.start()
    time.sleep(1.0)
    return asking, answers


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_finishes_what_runs_refuses_what_comes_and_puts_the_job_back(
    session: AnySession, served: Served, database: Database, number: signal.Signals
) -> None:
    batch = procedure.ready_batch(session, number=2)
    with scope.acting(session, SYSTEM):
        key, body_id = batch.id, batch.body_id
    clerk = acting.actor_of(someone(BODY_CLERK, body_id=body_id))
    job_id = job_list.ask(session, clerk, "package", "filing", key, "材料").id
    assert served.process.stdout is not None
    while "begun" not in served.process.stdout.readline():
        pass
    asking, answers = ask_slowly(served)

    served.process.send_signal(number)
    refused = served.browser().ask("/login/")
    asking.join(30)
    assert served.process.wait(30) == 0

    assert [(one.status, one.content.decode()) for one in answers] == [(200, "做完了")]
    assert refused.status == 503
    assert "稍等片刻" in refused.content.decode()
    session.expire_all()
    assert session.scalars(select(Job.state).where(Job.id == job_id)).one() == "waiting"
    session.remove()
    session.get_bind().dispose()
    assert left_behind(database) == []


@pytest.mark.parametrize("served", [{"STOP_SECONDS": "1"}], indirect=True)
def test_a_stop_waits_no_longer_than_is_set(served: Served) -> None:
    asking, _answers = ask_slowly(served)
    begun = time.monotonic()
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(30)
    assert time.monotonic() - begun < 15
    asking.join(30)
