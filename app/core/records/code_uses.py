"""Where is a value of a code list used, and what must therefore not be done to it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.orm.attributes import get_history

from app.core.declarations.base import Entity, entities
from app.core.declarations.field import Field, describe
from app.core.errors import Problem
from app.core.refusals.records import CODE_IN_USE, KIND_IN_USE
from app.core.scope import AnySession
from app.core.tables import CodeItem, CodeKind


@dataclass(frozen=True)
class Use:
    """A field of a table that holds a value, and the number of rows that do."""

    table: str
    field: str
    count: int

    @property
    def text(self) -> str:
        """The use as a Chinese phrase."""
        return f"{self.table}的“{self.field}”{self.count}条"


def fields_of(kind: str) -> list[tuple[type[Entity], Field]]:
    """Return every declared field that holds values of the code list ``kind``."""
    return [
        (model, field)
        for model in sorted(entities(), key=lambda one: one.__name__)
        for field in describe(model).fields
        if field.codes == kind
    ]


def uses(session: AnySession, kind: str, code: str | None = None) -> dict[str, tuple[Use, ...]]:
    """Return where each value of the list ``kind`` (or only ``code``) is used.

    Takes one statement per field that is declared with the list.
    """
    found: dict[str, tuple[Use, ...]] = {}
    for model, field in fields_of(kind):
        column = inspect(model).columns[field.name]
        counted = select(column, func.count()).select_from(model).group_by(column)
        if code is not None:
            counted = counted.where(column == code)
        # Rows outside the actor's scope also depend on the value.
        for value, count in session.execute(counted.execution_options(unscoped=True)):
            use = Use(describe(model).label, field.label, count)
            found[value] = (*found.get(value, ()), use)
    return found


def in_use(session: AnySession, item: CodeItem) -> list[Problem]:
    """Return the problem with deleting a value that rows still use; empty when none do."""
    found = uses(session, item.kind.kind, item.code).get(item.code, ())
    if not found:
        return []
    used_in = "、".join(one.text for one in found)
    what = "不能删除；今后不再使用的，请改为停用"
    return [CODE_IN_USE.of(value=item.name, uses=used_in, what=what)]


def item_problems(session: AnySession, item: CodeItem) -> list[Problem]:
    """Return the problem with changing the code or the list of a value that is in use.

    Rows refer to the value by both, so neither may change.
    """
    state: Any = inspect(item)
    if not state.persistent:
        return []
    before = {name: _before(item, name) for name in ("code", "kind_id")}
    changed = next((name for name, value in before.items() if value is not None), "")
    if not changed:
        return []
    kind_id = before["kind_id"] if before["kind_id"] is not None else item.kind_id
    kind = session.scalar(select(CodeKind.kind).where(CodeKind.id == kind_id)) or ""
    code = str(before["code"] if before["code"] is not None else item.code)
    found = uses(session, kind, code).get(code, ())
    if not found:
        return []
    used_in = "、".join(one.text for one in found)
    what = "代码" if changed == "code" else "所属代码表"
    kept = f"{what}不能再改；名称和次序可以改"
    name = changed.removesuffix("_id")
    return [CODE_IN_USE.of(field=name, value=item.name, uses=used_in, what=kept)]


def kind_problems(session: AnySession, kind: CodeKind) -> list[Problem]:
    """Return the problem with renaming the key of a list that declared fields refer to."""
    before = _before(kind, "kind")
    if before is None or not fields_of(str(before)):
        return []
    labels = "、".join(dict.fromkeys(field.label for _model, field in fields_of(str(before))))
    return [KIND_IN_USE.of(field="kind", labels=labels)]


def _before(item: CodeItem | CodeKind, name: str) -> object:
    """Return the stored value of an attribute that was changed; None if it was not."""
    history = get_history(item, name)
    return history.deleted[0] if history.has_changes() and history.deleted else None
