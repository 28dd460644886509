"""May a material that was sent in and examined be changed, deleted or destroyed?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, update
from sqlalchemy.orm.attributes import get_history

from app.core import clock, replaced_files
from app.core.errors import Problem
from app.core.records import prefetch
from app.core.scope import AnySession
from app.core.tables import FileVersion
from app.models import Material
from app.rules.filing.replacing import examined_problems, keeping_problems


def changing_problems(session: AnySession, item: Material) -> list[Problem]:
    """Return what forbids the change that is about to be saved."""
    replaced, kind_changed = (get_history(item, one).has_changes() for one in ("digest", "kind"))
    changed = prefetch.is_stored(item) and (replaced or kind_changed)
    if not changed or not replaced_files.is_examined(session, item):
        return []
    return examined_problems(replaced=replaced, reason=item.replaced_for, kind_changed=kind_changed)


def deleting_problems(session: AnySession, item: Material) -> list[Problem]:
    """Return why the material must be kept."""
    return keeping_problems() if replaced_files.is_examined(session, item) else []


def destroy_versions(session: AnySession, batch_ids: Sequence[int]) -> None:
    """Empty the replaced files of these batches; that they existed remains visible."""
    kept = (FileVersion.entity == Material.__name__, FileVersion.holder_id.in_(batch_ids))
    session.execute(
        update(FileVersion)
        .where(*kept, func.length(FileVersion.content) > 0)
        .values(content=b"", destroyed_at=clock.now())
    )
