"""Which values do the cells of a row set on plain columns?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from app.core.declarations.base import Entity
from app.core.errors import Problem
from app.core.records.code_lists import code_for, code_lists, code_name
from app.core.records.values import Reader
from app.core.scope import AnySession
from app.core.sheets.reading.table import Row


class Wordings:
    """The code lists for reading a sheet; each text is looked up once."""

    def __init__(self, session: AnySession) -> None:
        self.lists = code_lists(session)
        self._session = session
        self._readers: dict[type[Entity], Reader] = {}
        self._known: dict[tuple[str, str], str | None] = {}

    def code(self, kind: str, text: str) -> str | None:
        """Return the code that ``text`` means in the list ``kind``, or None."""
        if (kind, text) not in self._known:
            self._known[kind, text] = code_for(text, self.lists.get(kind, ()))
        return self._known[kind, text]

    def name(self, kind: str, code: str) -> str:
        """Return the official name of a code."""
        return code_name(code, self.lists.get(kind, ()))

    def values(
        self, model: type[Entity], row: Row, names: Iterable[str]
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Return the values of the fields ``names`` in a row, and their problems.

        A blank cell gives no value. Neither does a cell that could not be read; its problem is
        already one of the row's.
        """
        reader = self._reader(model)
        values: dict[str, Any] = {}
        found: list[Problem] = []
        for name in names:
            if row.value(name) is None:
                continue
            value, problem = reader.read_cell(name, row.cell(name))
            if problem is None:
                values[name] = value
            else:
                found.append(replace(problem, row=row.number))
        return values, found

    def _reader(self, model: type[Entity]) -> Reader:
        if model not in self._readers:
            self._readers[model] = Reader(self._session, model, self.lists)
        return self._readers[model]
