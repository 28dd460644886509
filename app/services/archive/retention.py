"""Which archived files may be destroyed today, and how does one apply for it?"""

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
    """A file that may be destroyed, with its body, batch and last day of retention."""

    body: str
    batch: str
    title: str
    carrier: str
    keep_until: date
    place: str


def last_due(day: date) -> date:
    """Return the latest ``keep_until`` that is over on ``day``."""
    return day - timedelta(days=1)


def due(session: AnySession, day: date) -> list[Due]:
    """Return the files in scope that may be destroyed on ``day``, oldest first."""
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
    """Create a draft application to destroy these files, and return it.

    Raises RulesBroken where a file is not due or the files belong to several bodies, and
    NotPermitted.
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
