"""How are rows exported to a file, completely and with a record of who took them?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import IO, Any

from app.core import audit, clock, scope
from app.core.declarations.base import Entity, entity_named
from app.core.declarations.field import describe
from app.core.errors import NotPermitted, Stale
from app.core.jobs import job_list
from app.core.lists import selection
from app.core.roles import AREAS, Actor
from app.core.scope import AnySession
from app.core.sheets.writing.listing import write_csv, write_xlsx
from app.core.tables import Job
from app.core.transaction import transaction

#: Larger exports run as a job, since no one should wait that long for a page.
AT_ONCE = 20_000
#: The number of rows between two reports of progress.
NOTED = 5_000
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Wanted:
    """A requested export, as plain values that can be stored with a job.

    ``query`` is the query string of the list's address, ``columns`` the names of the fields in
    order. ``whole`` asks for unmasked identity numbers, as far as the role may see them.
    """

    entity: str
    query: str
    columns: tuple[str, ...]
    kind: str = "xlsx"
    codes: bool = False
    whole: bool = True

    @property
    def model(self) -> type[Entity]:
        """The table whose rows are exported."""
        return entity_named(self.entity)

    @property
    def label(self) -> str:
        """The Chinese name of the table."""
        return describe(self.model).label


@dataclass(frozen=True)
class Leaving:
    """The rows to export with their number and headings, and notes for the history."""

    headings: Sequence[str]
    count: int
    rows: Iterable[Sequence[object]]
    noted: Mapping[str, str]


#: Finds the rows of an export, or of the given keys, in the scope of the session's actor.
Reader = Callable[[AnySession, Wanted, Sequence[int] | None], Leaving]


def write(
    session: AnySession,
    actor: Actor,
    wanted: Wanted,
    leaving: Leaving,
    out: IO[bytes],
    progress: Progress | None = None,
) -> str:
    """Write all rows to ``out``, record the export in the history and return the file's name.

    Raises NotPermitted if the role may not read the table, and Stale if fewer rows were written
    than ``leaving`` counted: an incomplete list that looks complete must not be handed out.
    """
    if not actor.has(*AREAS[wanted.model.__area__].read):
        raise NotPermitted(f"您的角色不能查看{wanted.label}，没有导出")
    with transaction(session, actor):
        rows = _Counted(leaving, progress)
        written = _put(wanted, leaving.headings, rows, out)
        if not written == rows.count == leaving.count:
            raise Stale(
                f"应导出 {leaving.count} 条，只写出 {min(written, rows.count)} 条：导出期间有记录被"
                "删除或移出您的管辖范围，文件没有保留，请重新导出"
            )
        noted = {"行数": [None, written]} | {
            name: [None, text] for name, text in leaving.noted.items()
        }
        title = f"{wanted.label} {written} 条"
        audit.write(session, wanted.entity, "export", [(0, title, noted)])
    return f"{wanted.label}_{clock.now():%Y%m%d_%H%M}.{wanted.kind}"


def _put(wanted: Wanted, headings: Sequence[str], rows: _Counted, out: IO[bytes]) -> int:
    if wanted.kind == "csv":
        write_csv(out, headings, rows)
        return rows.count
    return write_xlsx(out, headings, rows, sheet=wanted.label)


class _Counted:
    """Iterates over the rows while counting them and reporting progress."""

    def __init__(self, leaving: Leaving, progress: Progress | None) -> None:
        self.leaving, self.progress, self.count = leaving, progress, 0

    def __iter__(self) -> Iterator[Sequence[object]]:
        for row in self.leaving.rows:
            self.count += 1
            if self.progress is not None and self.count % NOTED == 0:
                self.progress(self.count, self.leaving.count)
            yield row


def note_sent(session: AnySession, actor: Actor, model: type[Entity], count: int) -> None:
    """Record who took unmasked numbers of ``count`` people through the interface."""
    noted = {"行数": [None, count], "证件号码": [None, "完整"]}
    title = f"{describe(model).label} {count} 条（接口）"
    with transaction(session, actor):
        audit.write(session, model.__name__, "export", [(0, title, noted)])


def ask(
    session: AnySession,
    actor: Actor,
    wanted: Wanted,
    count: int,
    chosen: Sequence[int] | None = None,
) -> Job:
    """Request an export of ``count`` rows in the background.

    Raises RulesBroken if too many jobs of this person are waiting already.
    """
    title = f"导出{wanted.label}（{count} 条）"
    detail = json.dumps(asdict(wanted), ensure_ascii=False)
    with transaction(session, actor):
        kept = 0 if chosen is None else selection.keep(session, actor, wanted.model, chosen)
        return job_list.ask(session, actor, "export", detail, kept, title)


def make(
    session: AnySession,
    actor: Actor,
    read: Reader,
    detail: str,
    kept: int,
    out: IO[bytes],
    progress: Progress,
) -> str:
    """Run an export requested with ``ask``: same columns and conditions, but today's scope.

    Returns the file's name. Raises as ``write``, and NotFound if the selection has expired.
    """
    asked: dict[str, Any] = json.loads(detail)
    wanted = Wanted(**asked | {"columns": tuple(asked["columns"])})
    with scope.acting(session, actor):
        chosen = selection.keys_of(session, actor, wanted.model, kept) if kept else None
        leaving = read(session, wanted, chosen)
    progress(0, leaving.count)
    return write(session, actor, wanted, leaving, out, progress)
