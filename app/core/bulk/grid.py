"""How are the edited cells of a grid saved, without overwriting what others changed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core import audit
from app.core.bulk import row_changes
from app.core.bulk.grid_cells import RefusedCells, Sent, edits_of
from app.core.bulk.grid_lines import Cells, Line, OwnRows
from app.core.bulk.row_edit import RowEdit, RowResult
from app.core.declarations.field import describe
from app.core.history import history
from app.core.transaction import transaction

#: The first word of such an operation's name in the history.
SOURCE = "grid"
#: The most rows in one grid; further rows are on further pages.
MOST = 1000


@dataclass(frozen=True)
class Shown:
    """One line with its current cells; ``was`` is the id under which the browser sent it."""

    line: Line
    cells: Cells
    was: str
    by: str = ""


@dataclass(frozen=True)
class Outcome:
    """The result of a save: the ``saved`` lines, or the reasons why nothing was saved.

    ``others`` are lines that somebody else changed meanwhile. ``gone`` are ids of rows that no
    longer exist or are out of the actor's scope.
    """

    saved: tuple[Shown, ...] = ()
    refused: tuple[RefusedCells, ...] = ()
    others: tuple[Shown, ...] = ()
    gone: tuple[str, ...] = ()


def shown(rows: OwnRows, ids: Sequence[str]) -> list[Shown]:
    """Return the lines with these ids, in the order of ``ids``; missing rows are left out."""
    return [Shown(line, rows.cells(line), line.id) for line in rows.lines(ids).values()]


def note_shown(rows: OwnRows, count: int) -> None:
    """Record in the history who saw unmasked numbers in a grid, as an export does."""
    described = describe(rows.model)
    noted = {"表格编辑": [None, f"{count} 行"], "证件号码": [None, "完整"]}
    title = f"{described.label} {count} 条"
    with transaction(rows.session, rows.actor):
        audit.write(rows.session, described.name, "export", [(0, title, noted)])


def save(rows: OwnRows, sent: Sequence[Sent]) -> Outcome:
    """Save everything that was sent in one operation, or nothing if any line is refused.

    The problems of all lines are returned together. A line with an unreadable cell is checked
    against the rules only once all of its cells can be read.
    """
    lines = rows.lines([one.id for one in sent])
    gone = tuple(one.id for one in sent if one.id not in lines)
    stale = [one for one in sent if one.id in lines and lines[one.id].version != one.version]
    late = {one.id for one in stale}
    fresh = [one for one in sent if one.id in lines and one.id not in late]
    edits, found = edits_of(rows, lines, fresh)
    others = _as_they_stand(rows, lines, stale)
    if found or gone or others:
        judged = row_changes.judge(rows.session, rows.actor, rows.model, list(edits.values()))
        found += _refused(edits, judged)
        return Outcome(refused=tuple(found), others=others, gone=gone)
    written = row_changes.write(
        rows.session, rows.actor, rows.model, list(edits.values()), source=SOURCE
    )
    found = _refused(edits, written.results)
    if found:
        return Outcome(refused=tuple(found))
    return Outcome(saved=_saved(rows, lines, edits, written.results))


def _refused(edits: Mapping[str, RowEdit], results: Sequence[RowResult]) -> list[RefusedCells]:
    return [
        RefusedCells(one, problem)
        for one, result in zip(edits, results, strict=True)
        if result.status == "refused"
        for problem in result.problems
    ]


def _as_they_stand(
    rows: OwnRows, lines: Mapping[str, Line], stale: Sequence[Sent]
) -> tuple[Shown, ...]:
    """Return the lines that somebody else saved meanwhile, with the person and the time."""
    keys = [line.item.id for one in stale if (line := lines[one.id]).item is not None]
    events = history.last_events(rows.session, rows.model, keys) if keys else {}
    last = {key: f"{one.who}于 {one.at:%Y-%m-%d %H:%M} " for key, one in events.items()}
    return tuple(
        Shown(line, rows.cells(line), one.id, last.get(getattr(line.item, "id", 0), "别人"))
        for one in stale
        for line in [lines[one.id]]
    )


def _saved(
    rows: OwnRows,
    lines: Mapping[str, Line],
    edits: Mapping[str, RowEdit],
    results: Sequence[RowResult],
) -> tuple[Shown, ...]:
    """Return the lines as they are after the save; a new row now has its own key as id."""
    ids = {
        one: str(result.key) if lines[one].beside is None else one
        for one, result in zip(edits, results, strict=True)
    }
    rows.session.expire_all()
    now = rows.lines(list(ids.values()))
    return tuple(
        Shown(now[new], rows.cells(now[new]), was) for was, new in ids.items() if new in now
    )
