"""What prevents the destruction of archived files, and what follows once it is done?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from app.core import audit, clock
from app.core.declarations.behaviour import procedure_of
from app.core.errors import Problem
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow import engine
from app.models import ArchiveFile, Batch, Destruction, Material
from app.models.archive.destruction import destruction_file
from app.rules.archive.destruction import FileFacts, destruction_problems, presence_problems
from app.services.archive import deleted_files
from app.services.filing import files as filed

#: Kind and carrier of the archive file that represents the materials stored in the database.
MATERIALS = ("application", "electronic")
OPEN = ("submitted", "approved")


def listed_problems(session: AnySession, item: Destruction) -> list[Problem]:
    """Return the problems of the listed files today, in three SQL statements."""
    found = _facts(session, item)
    return destruction_problems(found, clock.today())


def problems(session: AnySession, item: Destruction) -> list[Problem]:
    """Return the problems with submitting, approving or carrying out the destruction."""
    return [*listed_problems(session, item), *presence_problems(item.place, item.witnesses)]


def _facts(session: AnySession, item: Destruction) -> list[FileFacts]:
    ids = [one.id for one in item.files]
    batches = {
        row.id: row
        for row in session.execute(
            select(Batch.id, Batch.body_id, Batch.archived_on).where(
                Batch.id.in_({one.batch_id for one in item.files})
            )
        )
    }
    other = _listed_elsewhere(session, item, ids)
    return [
        FileFacts(
            one.title,
            one.keep_until,
            kept=one.state == "kept",
            archived=batches[one.batch_id].archived_on is not None,
            # One body must not have the files of another destroyed.
            own=batches[one.batch_id].body_id == item.body.id,
            pending=other.get(one.id, ""),
        )
        for one in item.files
    ]


def _listed_elsewhere(session: AnySession, item: Destruction, ids: Sequence[int]) -> dict[int, str]:
    rows = session.execute(
        select(destruction_file.c.file_id, Destruction.no)
        .select_from(Destruction)
        .join(destruction_file, destruction_file.c.destruction_id == Destruction.id)
        .where(
            destruction_file.c.file_id.in_(ids),
            Destruction.state.in_(OPEN),
            Destruction.id != (item.id or 0),
        )
        # A file on an open list outside the actor's scope counts as listed too.
        .execution_options(unscoped=True)
    )
    return {row.file_id: row.no for row in rows}


def sent_in(session: AnySession, actor: Actor, item: Destruction) -> None:
    """Record who applied, and when."""
    item.applied_by, item.applied_on = actor.name, clock.today()


def taken_back(session: AnySession, actor: Actor, item: Destruction) -> None:
    """Clear who applied, and when: the application is a draft again."""
    item.applied_by, item.applied_on = "", None


def allowed(session: AnySession, actor: Actor, item: Destruction) -> None:
    """Record who approved, and when."""
    item.approved_by, item.approved_on = actor.name, clock.today()


def carried_out(session: AnySession, actor: Actor, item: Destruction) -> None:
    """Mark the files as destroyed, and empty the materials where they are among them.

    Rows keep their names, sizes and digests, so that lists and counts do not change. Runs a fixed
    number of SQL statements.
    """
    today = clock.today()
    item.destroyed_on, item.carried_out_by = today, actor.name
    files = list(item.files)
    session.flush()
    procedure = procedure_of("ArchiveFile")
    # The move before the date: a file that somebody else has just destroyed stops all of it here.
    engine.take_many(session, procedure, files, procedure.move("destroy"), actor, item.no)
    session.connection().execute(
        update(ArchiveFile)
        .where(ArchiveFile.id.in_([one.id for one in files]))
        .values(destroyed_on=today)
    )
    noted = {"destroyed_on": [None, today.isoformat()]}
    audit.write(session, "ArchiveFile", "edit", [(one.id, one.title, noted) for one in files])
    for one in files:
        session.expire(one, ["destroyed_on"])
    _blank(
        session, item.no, [one.batch_id for one in files if (one.kind, one.carrier) == MATERIALS]
    )


def _blank(session: AnySession, no: str, batch_ids: Sequence[int]) -> None:
    gone = (Material.batch_id.in_(batch_ids), Material.destroyed_on.is_(None))
    if not batch_ids:
        return
    rows = session.execute(select(Material.id, Material.filename, Material.size).where(*gone)).all()
    session.connection().execute(
        update(Material)
        .where(*gone)
        # The row stays, with name, size and digest: that it existed must remain visible for good.
        .values(content=b"", destroyed_on=clock.today(), version=Material.version + 1)
    )
    deleted_files.destroy(session, batch_ids)
    filed.destroy_versions(session, batch_ids)
    noted = [
        (
            row.id,
            row.filename,
            {"destroyed_on": [None, clock.today().isoformat()], "remark": [None, f"按 {no} 销毁"]},
        )
        for row in rows
    ]
    audit.write(session, "Material", "edit", noted)
    # The statement bypassed the session, which may still hold the content.
    for one in session.identity_map.values():
        if isinstance(one, Material) and one.batch_id in batch_ids:
            session.expire(one)
