"""Which publicity of a batch counts?"""

from __future__ import annotations

from sqlalchemy import select

from app.core.scope import AnySession
from app.models import Batch, Publicity


def publicity_of(session: AnySession, batch: Batch) -> Publicity | None:
    """Return the batch's latest publicity that was not cancelled, or None."""
    return session.scalar(
        select(Publicity)
        .where(Publicity.batch_id == batch.id, Publicity.state != "cancelled")
        .order_by(Publicity.id.desc())
        .limit(1)
    )
