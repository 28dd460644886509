"""What does the check before submission cost for 5,000 candidates, beside merely reading them?

``python -m bench.preflight [CANDIDATES]`` makes a database in a temporary folder with two batches
of the same people on one day, checks the first, and prints seconds, statements and the ratio to
the floor: all columns of the candidates fetched as plain rows.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.engine import Engine

RUNS = 3


def prepare(count: int) -> int:
    """Two batches of the demo body with the same ``count`` people; the key of the first."""
    from app.core import scope
    from app.core.database import db
    from app.core.importing import accept
    from app.core.roles import SYSTEM
    from app.models import Body, Candidate
    from app.services.demonstration import missing_cards
    from app.services.demonstration.workbook_facts import people_named
    from seed import demo, workbooks
    from tests import factories

    demo.load(batches=False)
    scope.bind(db.session, SYSTEM)
    body = db.session.scalars(select(Body).where(Body.code == "DEMO")).one()
    entries = workbooks.entries(count, 7, factories.EXAM, workbooks.TRADES)
    plan = workbooks.arrangement(entries, factories.EXAM, "唐山市", workbooks.SUPERVISOR)
    clerk = missing_cards.people.clerk_of_body(db.session, body.id)
    named = people_named(plan, "考务安排.xlsx")
    with scope.acting(db.session, clerk):
        missing_cards.register(db.session, clerk, body, named, (factories.EXAM,))
    made = []
    for place in range(2):
        batch = factories.batch(db.session, body)
        roster = workbooks.roster(entries, "冀东机械有限公司", place)
        accept(db.session, SYSTEM, batch, "roster", roster, "名册.xlsx")
        accept(db.session, SYSTEM, batch, "arrangement", plan, "考务安排.xlsx")
        made.append(batch.id)
    kept = db.session.scalars(select(Candidate.id).where(Candidate.batch_id == made[0])).all()
    if len(kept) != count:
        raise SystemExit(f"{len(kept)} of {count} candidates were taken")
    db.session.expunge_all()
    return int(made[0])


def best(work: Callable[[], Any]) -> float:
    """The fastest of some runs, in seconds of this process, whatever else the machine does."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def measure(key: int) -> dict[str, float]:
    """Seconds of the check and of the floor, and the statements that one check sends."""
    from app.core import clock
    from app.core.database import db
    from app.models import Batch, Candidate
    from app.services.filing import filing
    from tests import factories

    sent: list[str] = []
    table = Candidate.__table__

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    def check() -> None:
        db.session.expunge_all()
        sent.clear()
        with clock.set_to(factories.FILED):
            filing.problems(db.session, db.session.get_one(Batch, key))

    def read() -> None:
        rows = select(table).where(table.c.batch_id == key).execution_options(unscoped=True)
        db.session.execute(rows).all()

    event.listen(Engine, "before_cursor_execute", note)
    checked = best(check)
    statements = len(sent)
    event.remove(Engine, "before_cursor_execute", note)
    return {"check": checked, "statements": statements, "floor": best(read)}


def main(count: int) -> str:
    """The line that is printed."""
    from flask_migrate import upgrade

    from app import create_app
    from app.core.accounts.bootstrap import bootstrap
    from app.core.database import db
    from config import read_settings
    from seed import reference

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        app = create_app({**read_settings({"DATABASE_URL": url}), "TESTING": True})
        with app.app_context():
            upgrade()
            bootstrap()
            reference.load()
            found = measure(prepare(count))
            db.session.remove()
            db.engine.dispose()
    return (
        f"{count} candidates: check {found['check']:.2f} s in {found['statements']:.0f} statements,"
        f" rows alone {found['floor']:.2f} s, ratio {found['check'] / found['floor']:.1f}"
    )


if __name__ == "__main__":
    sys.stdout.write(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000) + "\n")
