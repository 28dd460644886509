"""Which values does each row of a sheet set, and which stored row does it mean?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.importing.entities import natural_key, number_field, row_fields
from app.core.importing.preview_notes import MASKS
from app.core.importing.stored_rows import comparable, find_known
from app.core.records import prefetch
from app.core.records.own_place import own_place
from app.core.records.values import Reader
from app.core.refusals.cells import NUMBER_UNKNOWN, OTHER_PARENT, ROW_AMBIGUOUS, ROW_REPEATED
from app.core.refusals.records import MASKED, RETIRED_VALUE
from app.core.refusals.refusal import Refusal
from app.core.scope import AnySession
from app.core.sheets.reading.table import Reading, Row

Parents = Mapping[str, Entity]

#: Problems that are forgiven if the row already stores the value.
_MAY_STAY = frozenset({RETIRED_VALUE.code, MASKED.code})


@dataclass
class Line:
    """A row being read: its values, the stored row that it means and its problems."""

    row: Row
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    number: str = ""
    key: int | None = None

    def object_to(self, refusal: Refusal, name: str, **given: object) -> None:
        """Refuse the row, with a problem at the field ``name``."""
        self.problems.append(refusal.of(field=name, row=self.row.number, **given))


class Lines:
    """The rows of a sheet of one table, matched with the stored rows."""

    def __init__(self, session: AnySession, model: type[Entity], parents: Parents) -> None:
        self.reader = Reader(session, model)
        self._session, self._model, self._parents = session, model, parents
        self._own = own_values(session, model)
        self._number = number_field(model)
        self._keys = natural_key(model)

    def read(self, reading: Reading) -> list[Line]:
        """Read the values of every row and match the rows with the stored ones."""
        present = {one.field for one in reading.headings if one.field}
        names = [one.name for one in row_fields(self._model) if one.name in present]
        for name in names:
            self.reader.prefetch(name, (row.text(name) for row in reading.rows))
        lines = [self._values(row, names) for row in reading.rows]
        self._match(lines)
        self._forgive(lines)
        for one in lines:
            if one.key is None:
                one.values = {**self._own, **one.values}
        return lines

    def _values(self, row: Row, names: Sequence[str]) -> Line:
        one = Line(row)
        one.values.update(self._parents)
        for name in names:
            cell = row.cell(name)
            if cell.problem is not None:
                one.problems.append(cell.problem)
            elif self._number is not None and name == self._number.name:
                one.number = cell.text
            elif cell.text:
                value, problem = self.reader.read_cell(name, cell, one.values)
                if problem is not None:
                    one.problems.append(replace(problem, row=row.number))
                # A retired or masked value is kept for now: whether the row already stores it is
                # known only once the row is matched.
                if problem is None or problem.code in _MAY_STAY:
                    self._take(one, name, value)
        return one

    def _take(self, one: Line, name: str, value: Any) -> None:
        parent = self._parents.get(name)
        if parent is not None and getattr(value, "id", None) != parent.id:
            label = describe(self._model).field(name).label
            one.object_to(OTHER_PARENT, name, label=label, parent=parent, value=value)
        one.values[name] = value

    def _match(self, lines: Sequence[Line]) -> None:
        """Find the stored row that each row means; refuse a second row that means the same."""
        readable = [one for one in lines if _only_late(one.problems)]
        self._by_number([one for one in readable if one.number])
        self._by_key([one for one in readable if not one.number])
        first: dict[Any, int] = {}
        for one in lines:
            same = ("id", one.key) if one.key is not None else self._key(one)
            earlier = first.setdefault(same, one.row.number)
            if earlier != one.row.number and not one.problems:
                what = self._named_columns(self._keys)
                one.object_to(ROW_REPEATED, self._keys[-1], earlier=earlier, what=what)

    def _by_number(self, lines: Sequence[Line]) -> None:
        number = self._number
        if number is None or not lines:
            return
        found = find_known(
            self._session, self._model, [number.name], {(one.number,) for one in lines}
        )
        for one in lines:
            ids = found.get((one.number,))
            if ids:
                one.key = ids[0]
                continue
            given = {"label": number.label, "number": one.number}
            one.object_to(NUMBER_UNKNOWN, number.name, **given, what=describe(self._model).label)

    def _by_key(self, lines: Sequence[Line]) -> None:
        keys = {id(one): self._key(one) for one in lines}
        found = find_known(self._session, self._model, self._keys, set(keys.values()))
        for one in lines:
            ids = found.get(keys[id(one)], [])
            if len(ids) == 1:
                one.key = ids[0]
            elif ids:
                what = self._named_columns(self._keys)
                more = f"请填写“{self._number.label}”" if self._number else "请到页面上修改"
                one.object_to(ROW_AMBIGUOUS, self._keys[-1], count=len(ids), what=what, remedy=more)

    def _key(self, one: Line) -> tuple[Any, ...]:
        """Return the row's natural key; a blank cell counts as the value of a new row."""
        given = {**self._own, **one.values}
        return comparable(
            given[name] if name in given else self.reader.read(name, "")[0] for name in self._keys
        )

    def known_by_now(self, lines: Sequence[Line]) -> bool:
        """Return whether somebody has meanwhile stored a row that one of the new ones means."""
        wanted = {self._key(one) for one in lines if one.key is None}
        return bool(find_known(self._session, self._model, self._keys, wanted))

    def _named_columns(self, names: Sequence[str]) -> str:
        return "、".join(describe(self._model).field(name).label for name in names)

    def _forgive(self, lines: Sequence[Line]) -> None:
        """Accept retired or masked values that leave the stored value as it is."""
        late = [one for one in lines if one.key and one.problems and _only_late(one.problems)]
        stored = prefetch.rows_of(self._session, self._model, [one.key for one in late if one.key])
        for one in late:
            row = stored.get(one.key or 0)
            kept = [
                problem
                for problem in one.problems
                if not self._stays(row, problem, one.values.get(problem.field))
            ]
            for name in {problem.field for problem in one.problems} - {p.field for p in kept}:
                del one.values[name]
            one.problems = kept

    def _stays(self, stored: Any, problem: Problem, value: Any) -> bool:
        now = getattr(stored, problem.field, None)
        if problem.code == RETIRED_VALUE.code:
            return bool(now == value)
        masked = describe(self._model).field(problem.field).sensitive
        return bool(masked and MASKS[masked](now or "") == value)


def own_values(session: AnySession, model: type[Entity]) -> dict[str, Entity]:
    """Return the values that a new row gets by default: the sender's own place."""
    return own_place(session, model, (one.name for one in row_fields(model) if one.relation))


def _only_late(problems: Sequence[Problem]) -> bool:
    return all(problem.code in _MAY_STAY for problem in problems)
