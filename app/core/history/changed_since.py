"""Who has changed the rows of an act since, and which fields from what to what?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.declarations.base import Entity
from app.core.errors import Problem
from app.core.history import trail
from app.core.history.history import Event, EventReader
from app.core.refusals.changes import CHANGED_SINCE
from app.core.scope import AnySession
from app.core.tables import Change
from app.core.tables.packed import Line

#: The kinds of lines that change a row; an export or a sign-in, for example, does not.
CHANGED = ("add", "edit", "delete", "restore")
#: The most later acts named for one row, and the most fields named for each of them.
_ENTRIES, _FIELDS = 3, 5


def problems(
    session: AnySession, model: type[Entity], left: Mapping[int, tuple[str, int]], name: str
) -> list[Problem]:
    """Return a problem for each row that other acts than ``name`` changed and did not change back.

    ``left`` maps a row's key to its title and the id of the act's last line about it. Takes a
    fixed number of statements.
    """
    found = _later(session, model, {key: last for key, (_, last) in left.items()}, name)
    reader = EventReader(session, model, [line for lines in found.values() for line in lines])
    return [
        CHANGED_SINCE.saying(_sentence(left[key][0] or f"#{key}", lines, reader))
        for key, lines in found.items()
    ]


def _later(
    session: AnySession, model: type[Entity], last: Mapping[int, int], name: str
) -> dict[int, list[Line]]:
    """Return the rows that are no longer as the act left them, with the later acts' lines."""
    found: dict[int, list[Line]] = {}
    since = Change.id > min(last.values(), default=0)
    others = (since, Change.operation != name, Change.kind.in_(CHANGED))
    for line in trail.of_records(session, model.__name__, last, *others):
        if line.id > last[line.record_id]:
            found.setdefault(line.record_id, []).append(line)
    return {key: lines for key, lines in found.items() if not _cancel_out(lines)}


def _cancel_out(lines: Sequence[Line]) -> bool:
    """Return whether later edits restored every value, as a bulk edit and its undo do."""
    net: dict[str, tuple[Any, Any]] = {}
    for line in lines:
        if line.kind != "edit":
            return False
        for name, (before, after) in line.fields.items():
            net[name] = (net.get(name, (before, None))[0], after)
    return all(before == after for before, after in net.values())


def _sentence(title: str, lines: Sequence[Line], reader: EventReader) -> str:
    entries = [_entry(reader.event(line, reader.of(line))) for line in lines[-_ENTRIES:]]
    more = f"（共 {len(lines)} 次）" if len(lines) > len(entries) else ""
    return f"“{title}”后来由{'，又由'.join(entries)}{more}"


def _entry(event: Event) -> str:
    who = f"{event.who}于 {event.at:%Y-%m-%d %H:%M} "
    if not event.changes:
        return f"{who}办理过“{event.text}”"
    changes = "；".join(
        f"{one.label}由“{one.before}”改为“{one.after}”" for one in event.changes[:_FIELDS]
    )
    return f"{who}改过（{changes}）"
