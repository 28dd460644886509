"""Which rows does a grid show, what do their cells contain, and which are closed to input?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.declarations.links import above
from app.core.masking import mask_identity, mask_phone
from app.core.outside import as_key
from app.core.records import editable, guarded
from app.core.records.values import Reader
from app.core.roles import Actor
from app.core.scope import AnySession, owns, parents_that_own

#: Shown in place of a related row that the actor may not see.
HIDDEN = "（不在您的管辖范围内）"
#: The prefix of the ids of rows that are not stored yet.
NEW = "new:"
_MASKS = {"id_number": mask_identity, "phone": mask_phone}


@dataclass(frozen=True)
class Line:
    """One row of a grid; ``item`` is None until its first cell is filled in.

    ``given`` holds the values with which a new row is created. ``beside`` is a row whose fields
    are shown next to it for comparison. ``locked`` and ``locks`` (by field) give the reasons why
    the whole row or single cells take no input.
    """

    id: str
    item: Any
    given: Mapping[str, Any] = field(default_factory=dict)
    beside: Any = None
    locked: str = ""
    locks: Mapping[str, str] = field(default_factory=dict)

    @property
    def version(self) -> int | None:
        """The version of the stored row; None if the row is new."""
        return self.item.version if self.item is not None else None


@dataclass(frozen=True)
class Cells:
    """The texts of a line's columns, the keys of its related rows and the locks by field."""

    texts: tuple[str, ...]
    keys: Mapping[str, Any]
    locks: Mapping[str, str]


class OwnRows:
    """The rows of one table, one line each; ``given`` holds the values of lines added by hand."""

    def __init__(
        self,
        session: AnySession,
        actor: Actor,
        model: type[Entity],
        names: Sequence[str],
        given: Mapping[str, Any] | None = None,
    ) -> None:
        self.session, self.actor, self.model = session, actor, model
        self.names = tuple(names)
        self.given = given or {}
        self.readers = {model: Reader(session, model)}
        #: The fields that are for other roles to fill in, in any row.
        self.shut = {one: why.message for one, why in guarded.closed(actor, model).items()}

    def closed_reason(self) -> str:
        """Return why no line can be added by hand; empty if one can."""
        with self.session.no_autoflush:
            return editable.frozen_reason(self.model(**self.given))

    def lines(self, ids: Sequence[str]) -> dict[str, Line]:
        """Return the lines with these ids that the actor sees.

        Takes two statements, and one more per shown relation to many rows.
        """
        keys = [key for one in ids if (key := as_key(one)) is not None]
        found = {
            one: Line(one, None, self.given, locks=self.shut) for one in ids if one.startswith(NEW)
        }
        statement = select(self.model).where(self.model.id.in_(keys))
        for item in self.session.scalars(statement.options(*loading(self.model, self.names))):
            why = editable.may_edit(self.session, self.actor, item)
            found[str(item.id)] = Line(str(item.id), item, locked=why, locks=self._locks(item))
        return {one: found[one] for one in ids if one in found}

    def _locks(self, item: Entity) -> Mapping[str, str]:
        shut = guarded.closed(self.actor, self.model, item)
        return {name: one.message for name, one in shut.items()}

    def prepared(self, line: Line, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the cells as they should be read; subclasses may complete what was typed."""
        return dict(cells)

    def cells(self, line: Line) -> Cells:
        """Return what the line's columns show."""
        pairs = [self._cell(line, name) for name in self.names]
        hidden = {name: text for name, (text, key) in self._named(pairs) if text == HIDDEN}
        keys = {name: key for name, (_text, key) in self._named(pairs) if key is not None}
        return Cells(tuple(text for text, _key in pairs), keys, {**line.locks, **hidden})

    def blank(self) -> tuple[str, ...]:
        """Return what the columns of a new row show."""
        return self.cells(Line(NEW, None, self.given)).texts

    def _named(self, pairs: Sequence[tuple[str, Any]]) -> list[tuple[str, tuple[str, Any]]]:
        return list(zip(self.names, pairs, strict=True))

    def _cell(self, line: Line, name: str) -> tuple[str, Any]:
        source, own = (line.beside, name[1:]) if name.startswith(".") else (line.item, name)
        if source is None:
            return self._default(own), None
        return _cell_of(self._reader(type(source)), source, own, whole=owns(self.actor, source))

    def _default(self, name: str) -> str:
        value = self.given.get(name)
        if value is None and name in inspect(self.model).columns:
            default = inspect(self.model).columns[name].default
            value = default.arg if default is not None and default.is_scalar else None
        return self._reader(self.model).write(name, value)

    def _reader(self, model: type[Entity]) -> Reader:
        if model not in self.readers:
            self.readers[model] = Reader(self.session, model, self.readers[self.model].lists)
        return self.readers[model]


def _holders(model: Any) -> set[str]:
    """Return the relations to the parents that decide whether a row is open."""
    return {path[0] for target, path in above(model).items() if target.__area__ != "reference"}


def loading(model: type[Entity], names: Sequence[str]) -> list[Any]:
    """Return the loader options for rows of ``model`` whose columns are ``names``."""
    relations = inspect(model).relationships
    wanted = {*names, *_holders(model), *parents_that_own(model)}
    return [
        (selectinload if relations[name].uselist else joinedload)(getattr(model, name))
        for name in sorted(wanted)
        if name in relations
    ]


def _cell_of(reader: Reader, item: Any, name: str, *, whole: bool) -> tuple[str, Any]:
    declared = describe(type(item)).field(name)
    value = getattr(item, name)
    if declared.relation:
        if isinstance(value, list):
            return reader.write(name, value), {str(one): one.id for one in value}
        if value is None and getattr(item, f"{name}_id", None) is not None:
            return HIDDEN, None
        return (reader.write(name, value), value.id) if value is not None else ("", None)
    if declared.sensitive and not whole and value:
        return _MASKS[declared.sensitive](str(value)), None
    return reader.write(name, value), None
