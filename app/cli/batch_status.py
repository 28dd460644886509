"""What does the command ``status`` count of a batch?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.core.database import db
from app.models import Batch, Candidate, Certificate, ExamSession, Material, Score

_COUNTED = {
    "candidates": Candidate,
    "sessions": ExamSession,
    "scores": Score,
    "materials": Material,
    "certificates": Certificate,
}


def counts(batch: Batch) -> dict[str, int]:
    """Count the batch's rows of each kind, and the candidates who passed."""
    found = {name: _count(model, batch) for name, model in _COUNTED.items()}
    found["passed"] = _count(Score, batch, Score.outcome == "passed")
    return found


def _count(model: type[Any], batch: Batch, *conditions: Any) -> int:
    found = db.session.scalar(
        select(func.count()).select_from(model).where(model.batch_id == batch.id, *conditions)
    )
    return int(found or 0)
