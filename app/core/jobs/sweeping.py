"""Which data are kept for a limited time, and how are they deleted?

Functions that write such rows need not delete them: ``sweep`` runs regularly in the server. What
grows, by how much and for how long is described in ``docs/growth.md``.
"""

from __future__ import annotations

from sqlalchemy import delete, text

from app.core import clock
from app.core.accounts import sent_forms
from app.core.bulk import bulk
from app.core.database import at_once
from app.core.importing import judgements, uploads
from app.core.jobs import job_run
from app.core.lists import selection
from app.core.scope import AnySession
from app.core.tables import JudgedPart, JudgedSheet, Selection, SentForm, StagedEdit
from app.core.transaction import transaction


def sweep(session: AnySession) -> dict[str, int]:
    """Delete what has expired and return the number of rows by table.

    Each table has its own transaction, so that other writers do not wait long.
    """
    now = clock.now()
    expired = {
        "sent_form": delete(SentForm).where(SentForm.at < now - sent_forms.LIFE),
        "selection": delete(Selection).where(Selection.made_at < now - selection.LIFE),
        "staged_edit": delete(StagedEdit).where(StagedEdit.made_at < now - bulk.LIFE),
        # The row stays as a trace of who uploaded what; only its file goes.
        "import_run": uploads.given_up(now),
        "judged_part": judgements.left_behind(JudgedPart),
        "judged_sheet": judgements.left_behind(JudgedSheet),
    }
    done = {}
    for table, statement in expired.items():
        with transaction(session):
            done[table] = session.connection().execute(statement).rowcount
    done["job"] = job_run.forget(session)
    return done


def shorten_log(session: AnySession) -> None:
    """Merge SQLite's log into the database and truncate it; does nothing on PostgreSQL.

    Never waits: if the database is in use, the next run will do it.
    """
    with transaction(session):
        if session.connection().dialect.name == "sqlite":
            with at_once(session):
                session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
