"""How does long work run beside the pages? In one thread of the server, fed by a queue on disk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from huey import SqliteHuey
from sqlalchemy.orm import Session

from app.database import db
from app.jobs import work
from app.services import job_list

#: Seconds between two looks at an empty queue.
PAUSE = 0.5


class Worker:
    """The queue and the one thread that works through it; the thread starts with the first job."""

    def __init__(self, app: Flask, file: Path, *, at_once: bool) -> None:
        self.app, self.at_once = app, at_once
        self.queue = SqliteHuey("jobs", filename=str(file), immediate=at_once)
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None
        self.run: Any = self.queue.task(name="run")(self._run)

    def put(self, job_id: int) -> None:
        """Have a job worked on; in tests before this returns."""
        self.run(job_id)
        if not self.at_once:
            self._start()

    def resume(self) -> None:
        """After a start: put what still waits, say of what was cut off that it was."""
        with self.app.app_context():
            self.queue.flush()
            for job_id in job_list.left_over(db.session):
                self.put(job_id)

    def _start(self) -> None:
        with self.lock:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self.thread.start()

    def _work(self) -> None:
        idle = threading.Event()
        while True:
            task = self.queue.dequeue()
            if task is None:
                idle.wait(PAUSE)
            else:
                self.queue.execute(task)

    def _run(self, job_id: int) -> None:
        with self.app.app_context():
            try:
                work.do(job_id)
            finally:
                db.session.remove()


def install(app: Flask) -> None:
    """Give the application its worker; nothing runs yet."""
    file = Path(app.config["JOBS_FILE"])
    app.extensions["jobs"] = Worker(app, file, at_once=bool(app.config["TESTING"]))


def put(job_id: int) -> None:
    """Have a job of the current application worked on."""
    worker: Worker = current_app.extensions["jobs"]
    worker.put(job_id)


def file_of(job_id: int) -> Iterator[bytes]:
    """What a job of the current application made, in stretches.

    Read through a session of its own: sending goes on when the request has ended.
    """
    engine = db.engine

    def read() -> Iterator[bytes]:
        with Session(engine) as reading:
            yield from job_list.parts_of(reading, job_id)

    return read()


def resume(app: Flask) -> None:
    """Go on with what waited when the server stopped."""
    worker: Worker = app.extensions["jobs"]
    worker.resume()
