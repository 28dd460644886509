"""What does the copy of a drill answer? Run inside it, as ``python -m tests.drill.questions``."""

from __future__ import annotations

import json
import sys
from typing import Any

from sqlalchemy import select

from app import create_app, scope
from app.database import db
from app.models import Batch, Candidate
from app.roles import SYSTEM
from tests import factories


def prepare() -> dict[str, int]:
    """A batch with three people, before anything was changed."""
    batch = factories.batch(db.session, factories.body(db.session))
    people = factories.candidates(db.session, batch, 3)
    return {"batch": batch.id, "candidate": people[0].id, "people": len(people)}


def people() -> list[str]:
    """The names of everybody on file."""
    with scope.acting(db.session, SYSTEM):
        return list(db.session.scalars(select(Candidate.name).order_by(Candidate.id)))


def batches() -> int:
    """How many batches there are."""
    with scope.acting(db.session, SYSTEM):
        return len(db.session.scalars(select(Batch.id)).all())


QUESTIONS = {"prepare": prepare, "people": people, "batches": batches}


def main(question: str, *words: str) -> None:
    """Print the answer as one line of JSON."""
    app = create_app({"WTF_CSRF_ENABLED": False, "AUTH_RATE_LIMITED": False})
    with app.app_context():
        answer: Any = QUESTIONS[question](*words)
    print(json.dumps(answer, ensure_ascii=False))  # noqa: T201 - the answer of a command


if __name__ == "__main__":
    main(*sys.argv[1:])
