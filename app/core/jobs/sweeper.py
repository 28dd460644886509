"""Who sweeps, and when? A thread of the server, by the clock, however quiet the day is."""

from __future__ import annotations

import logging
import threading

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.core import scope
from app.core.database import db
from app.core.jobs import sweeping
from app.core.roles import SYSTEM

log = logging.getLogger(__name__)

#: Seconds between two sweeps.
EVERY = 600.0
#: Seconds that a stop waits for a sweep.
LONGEST = 5.0


class Sweeper:
    """Sweeps at once and then every ``every`` seconds until stopped."""

    def __init__(self, app: Flask, every: float = EVERY) -> None:
        self.app, self.every = app, every
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._work, name="sweeper", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self.thread.start()

    def stop(self) -> None:
        """Do not begin another sweep; waits a little for one under way."""
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
                    gone = sweeping.sweep(db.session)
                    sweeping.shorten_log(db.session)
                if any(gone.values()):
                    log.info("swept %s", gone)
            except SQLAlchemyError:
                # Busy or away: what is left over waits for the next time.
                log.warning("could not sweep", exc_info=True)
            finally:
                db.session.remove()


def start(app: Flask) -> Sweeper:
    """Sweep until the answer is stopped."""
    made = Sweeper(app)
    made.start()
    return made
