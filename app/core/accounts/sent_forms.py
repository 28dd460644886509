"""Was this form submitted before, and with which result?

A unique row, written in the transaction of the act, decides. Of two simultaneous submissions only
one succeeds, on both databases, and a crash leaves both the act and the row, or neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core import clock
from app.core.scope import AnySession
from app.core.tables import SentForm
from app.core.transaction import transaction

#: No session, and so no form, lives longer (``SESSION_HOURS``).
LIFE = timedelta(hours=72)


class SentBefore(Exception):
    """The same form was already submitted, or is being processed at this moment."""


@dataclass(frozen=True)
class Result:
    """The answer to a form; ``status`` is 0 as long as it is unknown."""

    status: int = 0
    location: str = ""
    messages: Sequence[Sequence[str]] = field(default_factory=tuple)
    mimetype: str = ""
    nonce: str = ""
    page: bytes = b""


def claim(session: AnySession, digest: str) -> None:
    """Claim the form for this transaction; raises SentBefore if another one has.

    Call this last: whoever waits here for another transaction then holds no lock that it needs.
    """
    try:
        session.connection().execute(insert(SentForm).values(digest=digest, at=clock.now()))
    except IntegrityError as error:
        raise SentBefore from error


def find(engine: Engine, digest: str) -> Result | None:
    """Return the stored answer, or None if the form was not processed.

    Uses a session of its own, apart from the request's.
    """
    columns: tuple[Any, ...] = (
        SentForm.status, SentForm.location, SentForm.messages,
        SentForm.mimetype, SentForm.nonce, SentForm.page,
    )  # fmt: skip
    with Session(engine) as reading:
        row = reading.execute(select(*columns).where(SentForm.digest == digest)).one_or_none()
    return None if row is None else Result(*row)


def keep(engine: Engine, digest: str, result: Result) -> None:
    """Store the answer to the form."""
    with Session(engine) as writing, transaction(writing):
        writing.execute(
            update(SentForm)
            .where(SentForm.digest == digest)
            .values(
                status=result.status,
                location=result.location,
                messages=[list(one) for one in result.messages],
                mimetype=result.mimetype,
                nonce=result.nonce,
                page=result.page,
            )
        )


def release(engine: Engine, digest: str) -> None:
    """Allow the form to be submitted again, after an error or for a repeatable download."""
    with Session(engine) as writing, transaction(writing):
        writing.execute(delete(SentForm).where(SentForm.digest == digest))
