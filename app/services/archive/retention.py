"""Which archived files may be destroyed by now, and how is their destruction applied for?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.errors import RulesBroken
from app.core.records import record
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import ArchiveFile, Batch, Body, Destruction
from app.rules.archive.destruction import destruction_problems


@dataclass(frozen=True)
class Due:
    """A file that may be destroyed: whose, of which batch, since when."""

    body: str
    batch: str
    title: str
    carrier: str
    keep_until: date
    place: str


def last_due(day: date) -> date:
    """The latest last day of keeping that is over on ``day``."""
    return day - timedelta(days=1)


def due(session: AnySession, day: date) -> list[Due]:
    """The files in the actor's scope that may be destroyed on that day, the oldest first."""
    rows = session.execute(
        select(
            Body.name, Batch.no, ArchiveFile.title, ArchiveFile.carrier, ArchiveFile.keep_until,
            ArchiveFile.place,
        )
        .select_from(ArchiveFile)
        .join(Batch, ArchiveFile.batch_id == Batch.id)
        .join(Body, Batch.body_id == Body.id)
        .where(
            ArchiveFile.state == "kept",
            ArchiveFile.keep_until <= last_due(day),
            Batch.archived_on.is_not(None),
        )
        .order_by(ArchiveFile.keep_until, ArchiveFile.id)
    )  # fmt: skip
    return [Due(*row) for row in rows]


def apply_for(session: AnySession, actor: Actor, file_ids: Sequence[int]) -> Destruction:
    """Draw up an application for these files in draft.

    Raises RulesBroken where files are not due or of several bodies, NotPermitted.
    """
    files = list(
        session.scalars(
            select(ArchiveFile)
            .where(ArchiveFile.id.in_(file_ids))
            .options(joinedload(ArchiveFile.batch).joinedload(Batch.body))
            .order_by(ArchiveFile.id)
        )
    )
    if not files:
        raise RulesBroken(destruction_problems([], clock.today()))
    erased = {one.carrier for one in files}
    method = "shred" if erased == {"paper"} else "erase" if erased == {"electronic"} else "mixed"
    made = Destruction(body=files[0].batch.body, files=files, method=method, reason="保管期满")
    record.add(session, actor, made)
    return made
