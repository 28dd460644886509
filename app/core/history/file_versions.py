"""Which files stood in a row one after another, and which of them was there at which step?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core import replaced_files
from app.core.declarations.base import Entity
from app.core.errors import NotFound
from app.core.scope import AnySession
from app.core.tables import FileVersion, Step


@dataclass(frozen=True)
class Stood:
    """A file and how long it stood there; ``version`` is None for the present one.

    ``steps`` are the steps of the record that were taken meanwhile.
    """

    filename: str
    size: int
    digest: str
    since: datetime | None
    version: FileVersion | None
    steps: tuple[Step, ...]


def of_record(session: AnySession, item: Any) -> list[Stood]:
    """Return the files of the row, the present one first."""
    kept = _kept(session, FileVersion.entity == type(item).__name__, item.id)
    steps = _steps(session, *replaced_files.holder_of(item))
    since = kept[0].until if kept else item.created_at
    found = [_stood(one, steps) for one in kept]
    if not item.filename:
        return found
    now = Stood(item.filename, item.size, item.digest, since, None, _between(steps, since, None))
    return [now, *found]


def of_holder(session: AnySession, model: type[Entity], holder: Any) -> list[Stood]:
    """Return the files no longer in the table's rows that stood there while a step was taken."""
    steps = _steps(session, type(holder).__name__, holder.id)
    asked = select(FileVersion).where(
        FileVersion.entity == model.__name__, FileVersion.holder_id == holder.id
    )
    kept = session.scalars(asked.order_by(FileVersion.until.desc(), FileVersion.id.desc()))
    return [one for one in (_stood(version, steps) for version in kept) if one.steps]


def version_named(session: AnySession, model: type[Entity], holder: Any, key: int) -> FileVersion:
    """Return a kept file of the holder's; raises NotFound for one of another record."""
    found = session.get(FileVersion, key)
    if found is None or (found.entity, found.holder_id) != (model.__name__, holder.id):
        raise NotFound("没有这个文件")
    if found.destroyed_at is not None:
        raise NotFound(f"“{found.filename}”的内容已于 {found.destroyed_at:%Y-%m-%d} 按程序销毁")
    return found


def _kept(session: AnySession, entity: Any, key: int) -> Sequence[FileVersion]:
    asked = select(FileVersion).where(entity, FileVersion.record_id == key)
    return session.scalars(asked.order_by(FileVersion.until.desc(), FileVersion.id.desc())).all()


def _steps(session: AnySession, entity: str, key: int | None) -> Sequence[Step]:
    asked = select(Step).where(Step.entity == entity, Step.record_id == key)
    return session.scalars(asked.where(Step.move != "create").order_by(Step.id)).all()


def _stood(kept: FileVersion, steps: Sequence[Step]) -> Stood:
    meanwhile = _between(steps, kept.since, kept.until)
    return Stood(kept.filename, kept.size, kept.digest, kept.since, kept, meanwhile)


def _between(
    steps: Sequence[Step], since: datetime | None, until: datetime | None
) -> tuple[Step, ...]:
    # Moments are kept to the second: a step of the same one may have seen either file.
    return tuple(
        one
        for one in steps
        if (since is None or one.at >= since) and (until is None or one.at <= until)
    )
