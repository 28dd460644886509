"""How long does a bulk edit of many candidates take, measured against a plain loop in one run?

Both change one field of the same rows on the same fresh database: the product judges each row by
all its rules, keeps its history and can take the act back; the loop sets the attribute and flushes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from app import create_app
from app.core import scope
from app.core.accounts.bootstrap import bootstrap
from app.core.bulk import row_changes, row_edit, undo
from app.core.database import db
from app.core.roles import SYSTEM
from app.core.transaction import transaction
from app.models import Candidate
from seed import reference
from tests import factories
from tests.database import settings_for


def main() -> None:
    """Write down seconds, ratios and the number of questions asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=5000)
    asked.add_argument("--database", default="", help="an empty database; SQLite if not given")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{folder}/bench.db"
        app = create_app(settings_for(url, Path(folder)))
        with app.app_context():
            upgrade()
            bootstrap()
            reference.load()
            scope.bind(db.session, SYSTEM)
            measure(options.rows)
            db.session.remove()
            db.engine.dispose()


def measure(rows: int) -> None:
    """Run the loop and the acts on a roster of so many people."""
    session = db.session
    batch = factories.batch(session, factories.body(session))
    people = factories.candidates(
        session, batch, rows, levels=("5", "4", "3"), work_types=factories.WORK_TYPES
    )
    keys = [one.id for one in people]
    edits = [row_edit.RowEdit(key, {"employer": "新单位"}) for key in keys]
    told: list[tuple[str, float, int]] = [timed("plain loop", lambda: plain_loop(keys))]
    told.append(timed("judge", lambda: row_changes.judge(session, SYSTEM, Candidate, edits)))
    written: list[Any] = []
    told.append(
        timed(
            "write",
            lambda: written.append(
                row_changes.write(session, SYSTEM, Candidate, edits, source="bulk")
            ),
        )
    )
    told.append(timed("undo", lambda: undo.undo(session, SYSTEM, written[0].operation)))
    floor = told[0][1]
    lines = [f"{rows} rows, {session.get_bind().dialect.name}"]
    lines += [
        f"{name:<12}{seconds:8.2f} s{seconds / floor:8.1f} x{reads:6} SELECT"
        for name, seconds, reads in told
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def plain_loop(keys: list[int]) -> None:
    """What would be written by hand: read the rows, set the value."""
    with transaction(db.session):
        rows = db.session.scalars(select(Candidate).where(Candidate.id.in_(keys))).all()
        for one in rows:
            one.employer = "别的单位"


def timed(name: str, work: Callable[[], Any]) -> tuple[str, float, int]:
    """The name, the seconds and the number of questions asked."""
    reads: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            reads.append(statement)

    db.session.expunge_all()
    event.listen(Engine, "before_cursor_execute", note)
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    event.remove(Engine, "before_cursor_execute", note)
    return name, seconds, len(reads)


if __name__ == "__main__":
    main()
