"""How does long work run beside the pages? In one thread of the server, fed by a queue on disk."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from huey import SqliteHuey
from sqlalchemy.orm import Session

from app import storage
from app.database import db
from app.errors import DatabaseDamaged
from app.instance import make_folder
from app.jobs import work
from app.services import job_list

log = logging.getLogger(__name__)

#: Seconds between two looks at an empty queue.
PAUSE = 0.5


class Worker:
    """The queue and the one thread that works through it; the thread starts with the first job."""

    def __init__(self, app: Flask, file: Path, *, at_once: bool) -> None:
        self.app, self.file, self.at_once = app, file, at_once
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None
        #: What the disk had no room to note; the thread keeps it in mind until it is done.
        self.remembered: deque[Callable[[], None]] = deque()

    @cached_property
    def queue(self) -> SqliteHuey:
        """The queue, opened by its first use: who only reads must not need a disk to write to.

        A damaged file is laid aside: what waits is in the database, and is put again at a start.
        """
        make_folder(self.file.parent)
        try:
            return self._open()
        except sqlite3.DatabaseError as error:
            if not isinstance(storage.trouble_of(error), DatabaseDamaged):
                raise
            log.exception("the file of the queue was damaged and is made anew")
            self.file.replace(f"{self.file}.damaged")
            return self._open()

    def _open(self) -> SqliteHuey:
        return SqliteHuey("jobs", filename=str(self.file), immediate=self.at_once)

    @cached_property
    def run(self) -> Any:
        """Puts a job into the queue by its key."""
        return self.queue.task(name="run")(self._run)

    def put(self, job_id: int) -> None:
        """Have a job worked on; in tests before this returns.

        One that the disk has no room to queue is remembered: it must not wait for ever.
        """
        self._try(lambda: self.run(job_id), partial(self._run, job_id))
        if not self.at_once:
            self._start()

    def resume(self) -> None:
        """After a start: put what still waits, say of what was cut off that it was."""
        self._try(self._resume, self.resume)
        if self.remembered:
            self._start()

    def _resume(self) -> None:
        with self.app.app_context():
            self.queue.flush()
            for job_id in job_list.left_over(db.session):
                self.put(job_id)

    def _try(self, act: Callable[[], Any], later: Callable[[], None]) -> None:
        """Do it; where the disk refuses, let the thread do ``later`` what was to come of it."""
        try:
            act()
        except Exception as error:
            if storage.trouble_of(error) is None:
                raise
            log.exception("the queue of jobs cannot be written")
            self.remembered.append(later)

    def _start(self) -> None:
        with self.lock:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self.thread.start()

    def _work(self) -> None:
        idle = threading.Event()
        while True:
            if not self._work_once():
                idle.wait(PAUSE)

    def _work_once(self) -> bool:
        """Do one thing that waits; False when nothing does, or the disk lets nothing be done."""
        try:
            task = self.queue.dequeue()
        except Exception as error:
            if storage.trouble_of(error) is None:
                raise
            log.exception("the queue of jobs cannot be read")
            task = None
        if task is not None:
            self.queue.execute(task)
            return True
        for _ in range(len(self.remembered)):
            self.remembered.popleft()()
        return False

    def _run(self, job_id: int) -> None:
        self._keep(lambda: work.do(job_id))

    def _close(self, job_id: int, message: str) -> None:
        self._keep(lambda: work.close(job_id, message))

    def _keep(self, act: Callable[[], None]) -> None:
        """Do it; what the disk has no room to say about a job is said when it has."""
        with self.app.app_context():
            try:
                act()
            except work.Unsaid as unsaid:
                self.remembered.append(partial(self._close, unsaid.job_id, unsaid.message))
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
