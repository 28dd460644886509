"""Was this form sent before? Then nothing is done again, and the first result is shown.

A unique row decides, written in the transaction of the act: of two equal posts at one moment one
act stands, on both databases, and a crash leaves either both act and row or neither.
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

#: No session, and with it no form, lives longer (``SESSION_HOURS``).
LIFE = timedelta(hours=72)


class SentBefore(Exception):
    """Somebody's second click: the same form has been acted on, or is at this moment."""


@dataclass(frozen=True)
class Result:
    """What a form was answered with; ``status`` is 0 while that is not known."""

    status: int = 0
    location: str = ""
    messages: Sequence[Sequence[str]] = field(default_factory=tuple)
    mimetype: str = ""
    nonce: str = ""
    page: bytes = b""


def claim(session: AnySession, digest: str) -> None:
    """Let this transaction be the one that acts on the form; raises SentBefore if another has.

    To be called last: whoever waits here for another's transaction holds nothing that it needs.
    """
    try:
        session.connection().execute(insert(SentForm).values(digest=digest, at=clock.now()))
    except IntegrityError as error:
        raise SentBefore from error


def find(engine: Engine, digest: str) -> Result | None:
    """What came of the form; None where nothing was done. Read past the request's own session."""
    columns: tuple[Any, ...] = (
        SentForm.status, SentForm.location, SentForm.messages,
        SentForm.mimetype, SentForm.nonce, SentForm.page,
    )  # fmt: skip
    with Session(engine) as reading:
        row = reading.execute(select(*columns).where(SentForm.digest == digest)).one_or_none()
    return None if row is None else Result(*row)


def keep(engine: Engine, digest: str, result: Result) -> None:
    """Write down what the form was answered with."""
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
    """Let the form be sent again: it was refused in the end, or hands out a file each time."""
    with Session(engine) as writing, transaction(writing):
        writing.execute(delete(SentForm).where(SentForm.digest == digest))
