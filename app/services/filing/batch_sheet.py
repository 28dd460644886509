"""What do the official sheets imported into a batch have in common?"""

from __future__ import annotations

from abc import ABC
from collections.abc import Mapping

from app.core.importing.sheet_kinds import SheetKind
from app.core.scope import AnySession
from app.models import Batch, Candidate, ExamSession, Score
from app.services.reference import vocabulary


class BatchSheet(SheetKind, ABC):
    """A sheet imported into a batch and checked against its candidates, sessions and scores."""

    link = "batch"
    parent_label = "批次"
    judged_by = (Candidate, ExamSession, Score)

    def parent_title(self, parent: Batch) -> str:
        return f"{parent.no} {parent.name}"

    def sender(self, parent: Batch) -> str:
        """Return the key of whoever fills in the batch's sheets.

        ``body:<id>/enterprise:<id>`` where the batch has an enterprise, else ``body:<id>``.
        """
        body = f"body:{parent.body_id}"
        return f"{body}/enterprise:{parent.enterprise_id}" if parent.enterprise_id else body

    def offered(self, session: AnySession, parent: Batch | None) -> Mapping[str, tuple[str, ...]]:
        """Return the values offered for each field: active levels and the body's approved scope."""
        levels = tuple(one.name for one in vocabulary.levels(session).names)
        found = {"level": levels, "current_level": levels}
        if parent is not None:
            items = vocabulary.approved_scope(session, parent.body_id).items
            found["occupation"] = tuple(dict.fromkeys(one.occupation for one in items))
            found["work_type"] = tuple(dict.fromkeys(one.work_type for one in items))
        return found
