"""Will the database answer again in a moment? Then what it broke off is tried again for a while."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from threading import Event
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from app.core.errors import DiskFull, DiskRefused
from app.core.scope import AnySession
from app.core.transaction import abandon

Made = TypeVar("Made")

log = logging.getLogger(__name__)

#: Seconds before each further try: a restarted database is back within the first, a writer that
#: holds the lock long within the last.
WAITS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)


def passes(error: Exception) -> bool:
    """Whether a short note may be written a little later: the database away, or the disk full."""
    return is_away(error) or isinstance(error, DiskFull | DiskRefused)


def is_away(error: Exception) -> bool:
    """Whether the same may succeed a moment later: no connection, a lock, a restart."""
    if isinstance(error, OperationalError | InterfaceError | NoConnection):
        return True
    return isinstance(error, DBAPIError) and error.connection_invalidated


def patiently(
    act: Callable[[], Made],
    *sessions: AnySession,
    stopping: Event,
    when: Callable[[Exception], bool] = is_away,
    waits: Sequence[float] = WAITS,
) -> Made:
    """What ``act`` gives, tried again after each of ``waits`` while the database is away.

    Before each further try the sessions are rolled back. A server that stops waits no longer.
    """
    for wait in waits:
        try:
            return act()
        except Exception as error:
            if not when(error) or stopping.is_set():
                raise
            # Statements and their values stay out of the log.
            log.warning("what the database refused (%s) is tried again", type(error).__name__)
        for session in sessions:
            abandon(session)
        stopping.wait(wait)
    return act()
