"""What do the centre's words mean? Levels, occupations and work types, read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.records.code_lists import split_aliases
from app.core.records.read_once import read_once
from app.core.scope import AnySession
from app.core.wording import fold
from app.models import BodyScope, Level, Occupation, WorkType
from app.rules.bodies.approved_scope import ScopeItem
from app.rules.reference.level import LevelName, parse_level


@dataclass(frozen=True)
class Levels:
    """The active levels as rules know them, and the rows they stand for."""

    names: tuple[LevelName, ...]
    ids: Mapping[str, int]

    def id_of(self, digit: str | None) -> int | None:
        """The row of the level with that digit."""
        return self.ids.get(digit) if digit is not None else None


@read_once
def levels(session: AnySession) -> Levels:
    """The active levels, lowest first."""
    rows = session.scalars(select(Level).where(Level.active).order_by(Level.order)).all()
    return Levels(_names(rows), {row.digit: row.id for row in rows})


def _names(rows: Iterable[Level]) -> tuple[LevelName, ...]:
    return tuple(
        LevelName(row.digit, row.name, row.short, split_aliases(row.aliases), row.order)
        for row in rows
    )


def levels_meant(text: str, rows: Sequence[Level]) -> list[Level]:
    """Those of the levels that a text means in one of its many wordings: 三级, 3, 高级 …"""
    digit = parse_level(text, _names(row for row in rows if row.active))
    return [row for row in rows if row.digit == digit]


@dataclass(frozen=True)
class Approved:
    """What a body may evaluate: for the rules as words, for the rows as ids.

    ``ids`` maps (occupation, work type) to the ids of both rows.
    """

    items: tuple[ScopeItem, ...]
    ids: Mapping[tuple[str, str], tuple[int, int]]
    occupation_aliases: Mapping[str, str]
    work_type_aliases: Mapping[str, str]

    def occupation_name(self, text: str) -> str:
        """The official name of an occupation that may have been written in other words."""
        return self.occupation_aliases.get(fold(text), fold(text))

    def work_type_name(self, text: str) -> str:
        """The official name of a work type that may have been written in other words."""
        return self.work_type_aliases.get(fold(text), fold(text))


@read_once
def approved_scope(session: AnySession, body_id: int) -> Approved:
    """The approved scope of a body, with the other wordings of its occupations and work types."""
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
        items.append(ScopeItem(occupation.name, work_type.name, digits))
        ids[occupation.name, work_type.name] = (occupation.id, work_type.id)
    return Approved(
        tuple(items),
        ids,
        _aliases(row.Occupation for row in rows),
        _aliases(row.WorkType for row in rows),
    )


def _aliases(rows: Iterable[Occupation | WorkType]) -> dict[str, str]:
    """Other wording → official name; a name that is itself official stands for itself."""
    named = {row.name: row for row in rows}
    found = {fold(one): row.name for row in named.values() for one in split_aliases(row.aliases)}
    return found | {fold(name): name for name in named}
