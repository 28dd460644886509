"""Which levels, occupations and work types do the centre's words mean?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.records.code_lists import split_aliases
from app.core.records.read_once import read_once
from app.core.scope import AnySession
from app.core.wording import fold
from app.models import BodyScope, Level, Occupation, WorkType
from app.rules.bodies.approved_scope import ApprovedItem
from app.rules.reference.level import LevelName, parse_level


@dataclass(frozen=True)
class Levels:
    """The active levels as input to the rules, and digit → row id."""

    names: tuple[LevelName, ...]
    ids: Mapping[str, int]

    def id_of(self, digit: str | None) -> int | None:
        """Return the row id of the level with that digit, or None."""
        return self.ids.get(digit) if digit is not None else None


@read_once
def levels(session: AnySession) -> Levels:
    """Return the active levels, lowest first."""
    rows = session.scalars(select(Level).where(Level.active).order_by(Level.order)).all()
    return Levels(_names(rows), {row.digit: row.id for row in rows})


def _names(rows: Iterable[Level]) -> tuple[LevelName, ...]:
    return tuple(
        LevelName(row.digit, row.name, row.short, split_aliases(row.aliases), row.order)
        for row in rows
    )


def levels_meant(text: str, rows: Sequence[Level]) -> list[Level]:
    """Return the rows that a text means in any of its wordings: 三级, 3, 高级 …"""
    digit = parse_level(text, _names(row for row in rows if row.active))
    return [row for row in rows if row.digit == digit]


@dataclass(frozen=True)
class Approved:
    """A body's approved scope, as words for the rules and as ids for rows.

    ``ids`` maps (occupation name, work type name) → the ids of both rows.
    """

    items: tuple[ApprovedItem, ...]
    ids: Mapping[tuple[str, str], tuple[int, int]]
    occupation_aliases: Mapping[str, str]
    work_type_aliases: Mapping[str, str]

    def occupation_name(self, text: str) -> str:
        """Return the official name for any wording of an occupation, or the wording itself."""
        return self.occupation_aliases.get(fold(text), fold(text))

    def work_type_name(self, text: str) -> str:
        """Return the official name for any wording of a work type, or the wording itself."""
        return self.work_type_aliases.get(fold(text), fold(text))


@read_once
def approved_scope(session: AnySession, body_id: int) -> Approved:
    """Return a body's approved scope, with aliases of its occupations and work types."""
    rows = session.execute(
        select(Occupation, WorkType, BodyScope.lowest_level_id, BodyScope.highest_level_id)
        .join(BodyScope, BodyScope.work_type_id == WorkType.id)
        .join(Occupation, BodyScope.occupation_id == Occupation.id)
        .where(BodyScope.body_id == body_id)
    ).all()
    ranks = {one.id: one for one in session.scalars(select(Level))}
    items, ids = [], {}
    for occupation, work_type, lowest, highest in rows:
        digits = frozenset(
            level.digit
            for level in ranks.values()
            if ranks[lowest].order <= level.order <= ranks[highest].order
        )
        items.append(ApprovedItem(occupation.name, work_type.name, digits))
        ids[occupation.name, work_type.name] = (occupation.id, work_type.id)
    return Approved(
        tuple(items),
        ids,
        _aliases(row.Occupation for row in rows),
        _aliases(row.WorkType for row in rows),
    )


def _aliases(rows: Iterable[Occupation | WorkType]) -> dict[str, str]:
    """Map other wording → official name; official names map to themselves."""
    named = {row.name: row for row in rows}
    found = {fold(one): row.name for row in named.values() for one in split_aliases(row.aliases)}
    return found | {fold(name): name for name in named}
