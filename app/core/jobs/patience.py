"""Is a database failure only temporary, and when is the act tried again?"""

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

#: Seconds before each retry: a restarted database is back after the first few, a writer with a
#: long lock is done by the last.
WAITS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)


def passes(error: Exception) -> bool:
    """Return whether a short write may succeed later: database away, disk full or refusing."""
    return is_away(error) or isinstance(error, DiskFull | DiskRefused)


def is_away(error: Exception) -> bool:
    """Return whether a retry may succeed: the connection was lost, or the database is locked."""
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
    """Return the result of ``act``, retried after each of ``waits`` (seconds) on failure.

    Only errors that ``when`` accepts are retried. The sessions are rolled back before. Once
    ``stopping`` is set there are no further retries.
    """
    for wait in waits:
        try:
            return act()
        except Exception as error:
            if not when(error) or stopping.is_set():
                raise
            # Logs must not contain statements with their values.
            log.warning("what the database refused (%s) is tried again", type(error).__name__)
        for session in sessions:
            abandon(session)
        stopping.wait(wait)
    return act()
