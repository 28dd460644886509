"""Which record does the text of a cell mean: by title, number, code or alias?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, false, inspect, or_, select

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.errors import Problem
from app.core.records.code_lists import split_aliases
from app.core.refusals.records import AMBIGUOUS_RECORD, RETIRED_VALUE, UNKNOWN_RECORD
from app.core.scope import AnySession
from app.core.wording import fold

_TEXTS_IN_STATEMENT = 2_000
_SHOWN = 30
_SHOWN_NAMESAKES = 3
_LONGEST_RUN = 3
_SEPARATORS = re.compile(r"[、，,；;|\n\r]+")
# “古冶区（130204）”: the way a record with a number of its own is displayed.
_WITH_MORE = re.compile(r"(.+?)\s*[（(]([^（）()]+)[)）]")
_NARROW, _WIDE = str.maketrans("（），：；", "(),:;"), str.maketrans("(),:;", "（），：；")
# Kinds of match, the most certain first.
_NUMBER, _NAME, _OTHER_WORDING = range(3)


#: Picks, of all rows of a table, those that a text means in words which no column holds.
Meaning = Callable[[str, Sequence[Any]], Sequence[Any]]

_MEANINGS: dict[str, Meaning] = {}


def declare_meaning(model: type[Entity], meant: Meaning) -> None:
    """Let ``meant`` read texts that match no row's number, name or alias.

    Only for small tables: all of their rows are read at once, including retired ones.
    """
    _MEANINGS[model.__name__] = meant


class Related:
    """The records of one table that the actor sees, found by the texts that may mean them.

    ``prefetch`` reads the records for many texts with a few statements. A text that was not
    prefetched takes a statement of its own.
    """

    def __init__(self, session: AnySession, model: type[Entity]) -> None:
        self.model = model
        self._session = session
        self._keys = key_fields(model)
        self._asked: set[str] = set()
        self._rows: dict[int, Entity] = {}
        self._meant: dict[str, dict[int, int]] = defaultdict(dict)
        self._meaning = _MEANINGS.get(model.__name__)

    def prefetch(self, texts: Iterable[str]) -> None:
        """Read the records that these texts may mean."""
        wanted = {variant for text in texts if text for variant in _variants(text)}
        fresh = sorted(wanted - self._asked)
        self._asked |= wanted
        if self._meaning is not None:  # a small table: read it whole, once
            fresh = [] if self._rows else fresh[:1]
        for start in range(0, len(fresh), _TEXTS_IN_STATEMENT):
            part = fresh[start : start + _TEXTS_IN_STATEMENT]
            for row in self._session.scalars(select(self.model).where(*self._where(part))):
                self.know(row)

    def _where(self, texts: Sequence[str]) -> list[ColumnElement[bool]]:
        if self._meaning is not None:
            return []
        columns = inspect(self.model).columns
        conditions = [columns[field.name].in_(texts) for field in self._keys]
        if "aliases" in columns:
            conditions.append(columns["aliases"] != "")
        return [or_(false(), *conditions)]

    def know(self, row: Any) -> None:
        """Index a record under every text that means it."""
        if row.id in self._rows:
            return
        self._rows[row.id] = row
        for rank, text in self._texts_of(row):
            known = self._meant[fold(text).lower()]
            known[row.id] = min(rank, known.get(row.id, rank))

    def _texts_of(self, row: Any) -> Iterator[tuple[int, str]]:
        columns = inspect(self.model).columns
        yield _NAME, str(row)
        for field in self._keys:
            yield _NUMBER if columns[field.name].unique else _NAME, getattr(row, field.name) or ""
        for text in split_aliases(getattr(row, "aliases", "")):
            yield _OTHER_WORDING, text

    def one(
        self, field: Field, text: str, beside: Mapping[str, Any]
    ) -> tuple[Entity | None, Problem | None]:
        """Return the record that the whole text means, or None, and the problem with it if any.

        ``beside`` holds the row's other values: among several matches, those that agree with its
        other relations win.
        """
        found = self._found(text, beside)
        if len(found) == 1:
            return found[0], _retired(field, found[0])
        return None, self._problem(field, text, found)

    def several(
        self, field: Field, text: str, beside: Mapping[str, Any]
    ) -> tuple[list[Entity], Problem | None]:
        """Return the records listed in the text, separated by 、 or similar, and any problem."""
        self.prefetch([text])
        rows: list[Entity] = []
        parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
        while parts:
            # A name may itself contain a separator, so the longest run that means a record wins.
            joined = next(
                (n for n in range(min(len(parts), _LONGEST_RUN), 1, -1) if self._joined(parts[:n])),
                1,
            )
            row, problem = self.one(field, "、".join(parts[:joined]), beside)
            if row is None or problem is not None:
                return rows, problem
            if row not in rows:
                rows.append(row)
            parts = parts[joined:]
        return rows, None

    def _joined(self, parts: Sequence[str]) -> bool:
        return bool(self._meant.get(fold("、".join(parts)).lower()))

    def _found(self, text: str, beside: Mapping[str, Any]) -> list[Entity]:
        self.prefetch([text])
        ranks = self._meant.get(fold(text).lower()) or self._with_more(text)
        best = min(ranks.values(), default=_NUMBER)
        rows = [self._rows[key] for key, rank in ranks.items() if rank == best]
        if not rows and self._meaning is not None:
            rows = list(self._meaning(text, list(self._rows.values())))
        for narrower in (_active, lambda row: _agrees(row, beside)):
            rows = [row for row in rows if narrower(row)] or rows
        return rows

    def _with_more(self, text: str) -> dict[int, int]:
        """Return the records that both parts of “name（number）” mean, with their rank."""
        parts = _WITH_MORE.fullmatch(text)
        if parts is None:
            return {}
        first, second = (self._meant.get(fold(one).lower(), {}) for one in parts.groups())
        return {key: rank for key, rank in first.items() if key in second}

    def _problem(self, field: Field, text: str, found: Sequence[Entity]) -> Problem:
        label, written = field.label, text[:_SHOWN]
        what, how = describe(self.model).label, "或".join(one.label for one in self._keys)
        if not found:
            return UNKNOWN_RECORD.of(
                field=field.name, label=label, text=written, what=what, how=how
            )
        shown = "、".join(self._described(row) for row in found[:_SHOWN_NAMESAKES])
        more = "等" if len(found) > _SHOWN_NAMESAKES else ""
        return AMBIGUOUS_RECORD.of(
            field=field.name,
            label=label,
            text=written,
            count=len(found),
            what=what,
            shown=shown + more,
        )

    def _described(self, row: Any) -> str:
        title = describe(self.model).title
        numbers = [one for one in self._keys if one.name != title and not one.sensitive]
        more = next((getattr(row, one.name) for one in numbers if getattr(row, one.name)), "")
        return f"{row}（{more}）" if more and more not in str(row) else str(row)


def key_fields(model: type[Entity]) -> tuple[Field, ...]:
    """Return the fields that identify a record: unique ones, the title and quick searches."""
    columns, described = inspect(model).columns, describe(model)
    return tuple(
        field
        for field in described.fields
        if not field.relation
        and isinstance(columns[field.name].type, String)
        and (field.quick or field.name == described.title or columns[field.name].unique)
    )


def _variants(text: str) -> set[str]:
    """Return the spellings under which a text may be stored, and the parts of “name（number）”."""
    listed = _SEPARATORS.split(text)
    runs = range(1, min(len(listed), _LONGEST_RUN) + 1)
    wholes = {text, *("、".join(listed[at : at + n]) for n in runs for at in range(len(listed)))}
    parts = _WITH_MORE.fullmatch(text)
    wholes |= set(parts.groups()) if parts is not None else set()
    tidy = {one.strip() for one in wholes if one.strip()}
    ways = (str, fold, lambda one: one.translate(_NARROW), lambda one: one.translate(_WIDE))
    return {way(one) for one in tidy for way in ways}


def _active(row: Any) -> bool:
    return bool(getattr(row, "active", True))


def _agrees(row: Any, beside: Mapping[str, Any]) -> bool:
    """Return whether the row refers to the same records as the cells beside it."""
    relations = inspect(type(row)).relationships
    shared = {name: one for name, one in beside.items() if name in relations and one is not None}
    return all(getattr(row, f"{name}_id", one.id) == one.id for name, one in shared.items())


def _retired(field: Field, row: Any) -> Problem | None:
    if _active(row):
        return None
    message = f"“{field.label}”的“{row}”已停用，请改选在用的"
    return RETIRED_VALUE.saying(message, field=field.name)
