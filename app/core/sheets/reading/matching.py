"""Which field does a heading mean, and how certain is that?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.core.sheets.reading.fold import bare_heading_key, heading_key
from app.core.sheets.reading.table import SheetForm

# The certainty of a match. The sum over all columns decides which rows are the head, so a heading
# in its own row must weigh more than the same heading below a title mistaken for a group.
ASSIGNED = 100
OFFICIAL = 20
ALIAS = 18
BARE = 16
GROUP_ALIKE = 14
UNDER_TITLE = 12
LEAF = 8

Path = tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A possible meaning of a column, with a weight from the scale above."""

    weight: int
    column: int
    field: str


class Matcher:
    """Matches headings with a form and the user's assignments (heading key → field or "")."""

    def __init__(self, form: SheetForm, mapping: Mapping[str, str] | None = None) -> None:
        known = {column.field for column in form.columns}
        self._assigned = {
            heading_key(text): field
            for text, field in (mapping or {}).items()
            if field in known or field == ""
        }
        self._exact: dict[str, dict[str, int]] = {}
        self._grouped: list[tuple[str, str, str]] = []
        for column in form.columns:
            for weight, text in [(OFFICIAL, column.heading)] + [(ALIAS, a) for a in column.aliases]:
                self._learn(column.field, heading_key(text), weight)
        self._ambiguous = self._leaves_of_several_fields()

    def _learn(self, field: str, key: str, weight: int) -> None:
        fields = self._exact.setdefault(key, {})
        fields[field] = max(weight, fields.get(field, 0))
        if "/" in key:
            group, leaf = key.rsplit("/", 1)
            self._grouped.append((group, leaf, field))

    def _leaves_of_several_fields(self) -> frozenset[str]:
        """Return second lines whose meaning depends on the group above, such as 等级."""
        pairs = {(leaf, field) for _, leaf, field in self._grouped}
        return frozenset(leaf for leaf, n in Counter(leaf for leaf, _ in pairs).items() if n > 1)

    def matches(self, column: int, texts: Path) -> list[Match]:
        """Return what a column's heading may mean; ``texts`` are its lines from top to bottom."""
        assigned = self._assigned.get(heading_key("/".join(texts)))
        if assigned is not None:
            return [Match(ASSIGNED, column, assigned)] if assigned else []
        found: dict[str, int] = {}
        for field, weight in self._weigh(texts):
            found[field] = max(weight, found.get(field, 0))
        return [Match(weight, column, field) for field, weight in found.items()]

    def _weigh(self, texts: Path) -> Iterable[tuple[str, int]]:
        path = tuple(filter(None, map(heading_key, texts)))
        bare = tuple(filter(None, map(bare_heading_key, texts)))
        if not path:
            return
        for joined in _joined(path):
            yield from self._exact.get(joined, {}).items()
        for joined in _joined(bare):
            yield from ((field, BARE) for field in self._exact.get(joined, {}))
        parts = tuple("/".join(bare).split("/"))
        if len(parts) > 1:
            yield from self._weigh_grouped(parts)

    def _weigh_grouped(self, parts: Path) -> Iterable[tuple[str, int]]:
        group, leaf = parts[-2], parts[-1]
        for known_group, known_leaf, field in self._grouped:
            if leaf == known_leaf and _alike(group, known_group):
                yield field, GROUP_ALIKE
        if len(parts) > 2:
            for joined in _joined(parts[1:]):
                yield from ((field, UNDER_TITLE) for field in self._exact.get(joined, {}))
        if leaf not in self._ambiguous:
            yield from ((field, LEAF) for field in self._exact.get(leaf, {}))


def _joined(path: Path) -> set[str]:
    """Return the ways to write a path as one heading: 申报/职业, 申报职业, 理论考试时间."""
    ways = {"/".join(path), "".join(path)}
    if len(path) == 2:
        group, leaf = path
        shared = (n for n in range(min(len(group), len(leaf)), 0, -1) if group.endswith(leaf[:n]))
        ways.add(group + leaf[next(shared, 0) :])
    return ways


def _alike(group: str, known: str) -> bool:
    """Return whether one group is contained in the other, in order: 原证书, 原职业资格证书."""
    short, long = sorted((group, known), key=len)
    rest = iter(long)
    return len(short) > 1 and all(character in rest for character in short)


def assign(matches: Iterable[Match], required: frozenset[str]) -> dict[int, Match]:
    """Match columns and fields one to one: the most certain first, then the leftmost."""
    chosen: dict[int, Match] = {}
    taken: set[str] = set()
    order = sorted(matches, key=lambda m: (-m.weight, m.field not in required, m.column))
    for match in order:
        if match.column not in chosen and match.field not in taken:
            chosen[match.column] = match
            taken.add(match.field)
    return chosen
