"""How do many lines of one operation share a row of history, and how are they read back?

A row of ``change`` holds one line, or the lines of one operation about records whose keys fall into
the same shelf of ``SPAN`` keys. A shared row has the shelf's negative number in place of the
record's key, so that one look-up in one index finds all lines of a record.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise
from typing import Any

from app.core.tables.history import Change

#: The number of keys in a shelf. Changing it would require rewriting all shared rows.
SPAN = 512
#: The fewest lines that share a row; with fewer it is not worthwhile.
LEAST = 16
#: Deletions and restored rows are not shared: they are few, and looked up by record.
SHARED = frozenset({"add", "edit"})
#: The first byte names the format of the rest, so that others can be added.
PLAIN = b"\x01"


@dataclass(frozen=True)
class Line:
    """One change of one record: field → [before, after].

    ``id`` is that of its row, and increases with time. ``place`` counts from 1 within a shared
    row, and is 0 in others.
    """

    id: int
    place: int
    entity: str
    record_id: int
    kind: str
    title: str
    fields: Mapping[str, Any]
    source: str
    operation: str
    actor_id: int | None
    actor_name: str
    at: datetime

    @property
    def key(self) -> str:
        """The id of the line among all lines."""
        return f"{self.id}-{self.place}" if self.place else str(self.id)


def shelf_of(record_id: int) -> int:
    """Return the negative number under which the shared lines of a record are stored."""
    return -1 - record_id // SPAN


def rows_for(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of ``change`` for the lines of one operation, as column → value."""
    groups: dict[object, list[Mapping[str, Any]]] = {}
    for at, line in enumerate(lines):
        shared = line["kind"] in SHARED and line["record_id"] > 0
        shelf = (line["entity"], line["kind"], shelf_of(line["record_id"]))
        groups.setdefault(shelf if shared else at, []).append(line)
    rows: list[dict[str, Any]] = []
    for some in groups.values():
        single = [{**one, "lines": 1, "titles": None, "packed": None} for one in some]
        rows.extend(single if len(some) < LEAST else [_shared(some)])
    return rows


def _shared(lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        **lines[0],
        "record_id": shelf_of(lines[0]["record_id"]),
        "title": "",
        "fields": {},
        "lines": len(lines),
        # A title per line in one text; a line break inside a title would shift all that follow.
        "titles": "\n".join(one["title"].replace("\n", " ") for one in lines),
        "packed": _pack([(one["record_id"], one["fields"]) for one in lines]),
    }


def _pack(lines: Sequence[tuple[int, Mapping[str, Any]]]) -> bytes:
    """Pack by fields rather than by lines: similar values next to each other compress better."""
    keys = [key for key, _ in lines]
    fields: dict[str, Any] = {}
    for name in dict.fromkeys(name for _, values in lines for name in values):
        pairs = [values.get(name) for _, values in lines]
        absent = [at for at, pair in enumerate(pairs) if pair is None]
        sides = [[pair[side] for pair in pairs if pair is not None] for side in (0, 1)]
        fields[name] = [*map(_once, sides), absent]
    gaps = [keys[0], *(after - before for before, after in pairwise(keys))]
    text = json.dumps([gaps, fields], ensure_ascii=False, separators=(",", ":"))
    return PLAIN + zlib.compress(text.encode("utf-8", "surrogatepass"), 9)


def _once(values: list[Any]) -> Any:
    """Replace a list of equal values by a dict, which is never itself a value of history."""
    # To Python 1, 1.0 and True are equal; to a reader of history they are not.
    alike = all(one == values[0] and type(one) is type(values[0]) for one in values)
    return {"all": values[0]} if alike else values


def lines_of(row: Change, keys: Collection[int] | None = None) -> list[Line]:
    """Return the lines of a row in the order of writing, limited to ``keys`` if given."""
    if row.packed is None:
        return [_line(row, 0, row.record_id, row.title, row.fields)]
    gaps, fields = _unpack(row.packed)
    titles = (row.titles or "").split("\n")
    return [
        _line(row, at + 1, key, titles[at], _fields_at(fields, at))
        for at, key in enumerate(accumulate(gaps))
        if keys is None or key in keys
    ]


def _line(row: Change, place: int, key: int, title: str, fields: Mapping[str, Any]) -> Line:
    return Line(
        row.id, place, row.entity, key, row.kind, title, fields,
        row.source, row.operation, row.actor_id, row.actor_name, row.at,
    )  # fmt: skip


def _unpack(packed: bytes) -> tuple[list[int], dict[str, Any]]:
    if packed[:1] != PLAIN:
        raise ValueError(f"lines of history written in a way that is not known: {packed[:1]!r}")
    text = zlib.decompress(packed[1:]).decode("utf-8", "surrogatepass")
    gaps, fields = json.loads(text)
    return gaps, fields


def _fields_at(fields: Mapping[str, Any], at: int) -> dict[str, Any]:
    found = {}
    for name, (before, after, absent) in fields.items():
        place = at
        if absent:
            place = at - bisect_left(absent, at)
            if at in absent:
                continue
        found[name] = [
            side["all"] if isinstance(side, dict) else side[place] for side in (before, after)
        ]
    return found
