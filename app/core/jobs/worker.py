"""Which thread of a server does the waiting jobs, and which renews the lease?"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from secrets import token_hex

from flask import Flask
from sqlalchemy.orm import Session

from app.core.database import db
from app.core.jobs import job_run, work
from app.core.jobs.job_run import Hold, Lost
from app.core.jobs.patience import Made, passes, patiently

log = logging.getLogger(__name__)

#: Seconds between two looks for waiting jobs, which other servers may have left.
PAUSE = 5.0
#: How often a lease is renewed before it would expire.
BEATS = 4


class Worker:
    """The part of a server that does jobs; its threads start with the server or the first job.

    The database holds the waiting jobs. Each is held by at most one server, under its ``owner``
    id, for ``lease`` seconds at a time.
    """

    def __init__(self, app: Flask, lease: int, *, at_once: bool) -> None:
        self.app, self.lease, self.at_once = app, lease, at_once
        self.owner = token_hex(8)
        self.lock = threading.Lock()
        self.wake, self.stopping = threading.Event(), threading.Event()
        self.threads: list[threading.Thread] = []
        self.hold: Hold | None = None

    def put(self, job_id: int) -> None:
        """Have a job done; in tests this happens before the call returns."""
        if self.at_once:
            self._guarded(lambda: self._do(job_id))
        else:
            self.start()
            self.wake.set()

    def start(self) -> None:
        """Start the threads, unless they run already or the server is stopping."""
        with self.lock:
            if self.threads or self.stopping.is_set():
                return
            self.threads = [
                # Daemons: a server that is killed must not linger for a job, which its lease
                # returns anyway.
                threading.Thread(target=self._work, name="jobs", daemon=True),
                threading.Thread(target=self._mind, name="jobs-clock", daemon=True),
            ]
            for one in self.threads:
                one.start()

    def stop_soon(self) -> None:
        """Begin no further job; the present one is put back at its next step."""
        self.stopping.set()
        self.wake.set()

    def stop(self, seconds: float) -> None:
        """Wait for the threads, at most ``seconds``; then put back an unfinished job."""
        self.stop_soon()
        end = time.monotonic() + seconds
        for one in self.threads:
            one.join(max(0.0, end - time.monotonic()))
        hold = self.hold
        if hold is not None:
            self._guarded(lambda: self._with_session(lambda one: _put_back(one, hold)))

    def beat(self) -> None:
        """Renew the lease of the present job, and put back jobs of servers that died."""
        hold = self.hold
        if hold is not None:
            with suppress(Lost):  # the job notices at its next step
                self._with_session(lambda session: job_run.renew(session, hold, self.lease))
        if self._with_session(job_run.take_over):
            self.wake.set()

    def _work(self) -> None:
        while not self.stopping.is_set():
            # Cleared before looking: a job that is put between the look and the wait must wake the
            # thread.
            self.wake.clear()
            if not self._guarded(self._next):
                self.wake.wait(PAUSE)

    def _mind(self) -> None:
        while not self.stopping.is_set():
            self._guarded(self.beat)
            self.stopping.wait(self.lease / BEATS)

    def _next(self) -> bool:
        """Do the job that has waited longest; return False if there is none."""
        job_id = self._with_session(job_run.next_waiting)
        return job_id is not None and self._do(job_id)

    def _do(self, job_id: int) -> bool:
        with self.app.app_context():
            try:
                with Session(db.engine) as session:
                    self.hold = job_run.begin(session, job_id, self.owner, self.lease)
                if self.hold is not None:
                    work.do(self.hold, self.stopping)
            finally:
                self.hold = None
                db.session.remove()
        return True

    def _guarded(self, act: Callable[[], object]) -> bool:
        """Return the result of ``act``; log any error, so that the thread goes on."""
        try:
            return bool(act())
        except Exception as error:
            if passes(error):
                log.warning("jobs: the database or the disk refuses (%s)", type(error).__name__)
            else:
                log.exception("jobs: a fault beside the jobs themselves")
            return False

    def _with_session(self, act: Callable[[Session], Made]) -> Made:
        with self.app.app_context(), Session(db.engine) as session:
            return patiently(lambda: act(session), session, stopping=self.stopping, waits=(0.2, 1))


def _put_back(session: Session, hold: Hold) -> None:
    with suppress(Lost):
        job_run.put_back(session, hold)
