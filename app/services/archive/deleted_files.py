"""What is left of deleted files, until their archive is destroyed?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from app.core.scope import AnySession
from app.core.tables import Change, Remains
from app.models import Material


def destroy(session: AnySession, batch_ids: Sequence[int]) -> None:
    """Delete for good the kept content of materials that were deleted from these batches."""
    kept = select(Remains.record_id).where(Remains.entity == Material.__name__)
    lines = session.scalars(
        select(Change).where(
            Change.kind == "delete",
            Change.entity == Material.__name__,
            Change.record_id.in_(kept),
        )
    )
    gone = [
        line.record_id for line in lines if line.fields.get("batch_id", [None])[0] in set(batch_ids)
    ]
    session.execute(
        delete(Remains).where(Remains.entity == Material.__name__, Remains.record_id.in_(gone))
    )
