"""When is expired data deleted, even if no one uses the system?"""

from __future__ import annotations

import logging
import threading

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.core import practice, scope
from app.core.database import db
from app.core.jobs import sweeping
from app.core.roles import SYSTEM

log = logging.getLogger(__name__)

#: Seconds between two runs.
EVERY = 600.0
#: Seconds that stopping waits for a run in progress.
LONGEST = 5.0


class Sweeper:
    """A thread that sweeps at once, and then every ``every`` seconds until it is stopped."""

    def __init__(self, app: Flask, every: float = EVERY) -> None:
        self.app, self.every = app, every
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._work, name="sweeper", daemon=True)

    def start(self) -> None:
        """Start the thread and return at once."""
        self.thread.start()

    def stop(self) -> None:
        """Begin no further run, and wait a little for one in progress."""
        self.stopped.set()
        if self.thread.is_alive():
            self.thread.join(LONGEST)

    def _work(self) -> None:
        while True:
            self._sweep()
            if self.stopped.wait(self.every):
                return

    def _sweep(self) -> None:
        with self.app.app_context():
            try:
                with scope.acting(db.session, SYSTEM):
                    with practice.days_of(db.session):
                        gone = sweeping.sweep(db.session)
                    sweeping.shorten_log(db.session)
                if any(gone.values()):
                    log.info("swept %s", gone)
            except SQLAlchemyError:
                # The database is busy or away; the next run will delete what is left.
                log.warning("could not sweep", exc_info=True)
            finally:
                db.session.remove()


def start(app: Flask) -> Sweeper:
    """Start a sweeper and return it, so that it can be stopped."""
    made = Sweeper(app)
    made.start()
    return made
