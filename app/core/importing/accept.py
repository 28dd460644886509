"""How does a preview become stored rows with their history?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, insert, inspect, select, update

from app.core import audit
from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.errors import BadSheet, NotFound, Stale
from app.core.history import operations
from app.core.importing.judged_against import marks_of
from app.core.importing.permission import check_open
from app.core.importing.preview import preview
from app.core.importing.result import Imported, Judged, Preview
from app.core.importing.sheet_kinds import SheetKind, kind_named
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.transaction import explained, transaction


def accept(
    session: AnySession,
    actor: Actor,
    parent: Any,
    kind: str,
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
) -> Preview:
    """Write the new and changed rows of the file in one transaction; refused ones are left out.

    A blank cell keeps the stored value. Returns the preview that was written. Raises as
    ``preview``, BadSheet also if a required column is missing, and Stale if somebody else changed
    the same rows meanwhile; then nothing is written.
    """
    with transaction(session, actor):
        return write(session, actor, parent, kind, data, filename, mapping).shown


def changed_meanwhile(label: str) -> Stale:
    """Return the error for rows that somebody else has changed since they were judged."""
    return Stale(f"同一{label}的数据刚刚被别人改过，没有导入任何数据，请重新预览后再接受")


def write(
    session: AnySession,
    actor: Actor,
    parent: Any,
    kind: str,
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
    hold: Callable[[Preview], None] = lambda shown: None,
) -> Imported:
    """Do what ``accept`` does, within the caller's transaction.

    The file is read and judged while others may write. Only then is the record locked and the
    judgement checked for being outdated; ``hold`` is called just before, to lock more.
    """
    sheet = kind_named(kind)
    _read(session, sheet, parent)
    # Taken before the rows are judged: whatever changes from here on makes the judgement outdated.
    judged_against = marks_of(session, sheet, parent)
    shown = preview(session, actor, parent, kind, data, filename, mapping)
    check_columns(shown)
    wanted = [row.values for row in shown.rows if row.status in ("new", "changed")]
    stale = changed_meanwhile(sheet.parent_label)
    with explained(session, lambda: stale, stale.message):
        hold(shown)
        _hold(session, sheet, parent)
        # Again under the lock: the record may have been sent in while the file was being judged.
        check_open(session, actor, parent, kind)
        if marks_of(session, sheet, parent) != judged_against:
            raise stale
        with operations.operation(session, actor, sheet.model, f"import:{filename}") as begun:
            _write(session, sheet, parent, wanted)
            begun.count = len(wanted)
        session.flush()
    return Imported(shown, begun.name if wanted else "")


def check_columns(shown: Preview) -> None:
    """Raise BadSheet if the sheet has no column for a field that every row needs."""
    if shown.missing:
        columns = "、".join(shown.missing)
        message = f"表中没有找到必需的列：{columns}，没有导入任何数据，请补上该列后重新导入"
        raise BadSheet(message, "columns_missing")


def _hold(session: AnySession, sheet: SheetKind, parent: Any) -> None:
    """Lock the record until the rows are written.

    An update locks on both databases, whereas SQLite ignores SELECT FOR UPDATE.
    """
    of = sheet.parent
    session.execute(update(of).where(of.id == parent.id).values(version=of.version))
    _read(session, sheet, parent)


def _read(session: AnySession, sheet: SheetKind, parent: Any) -> None:
    """Refresh the record from the database; raises NotFound if it is gone or out of scope."""
    wanted = select(sheet.parent).where(sheet.parent.id == parent.id)
    if session.scalar(wanted.execution_options(populate_existing=True)) is None:
        raise NotFound(f"没有这个{sheet.parent_label}，或不在您的管辖范围内")


def _write(session: AnySession, sheet: SheetKind, parent: Any, wanted: Sequence[Judged]) -> None:
    model: type[Any] = sheet.model
    changes = [(one, one.changes) for one in wanted]
    lists = _list_names(model)
    before = [
        {name: _names(getattr(one.stored, name)) for name in changed if name in lists}
        if one.stored is not None
        else dict.fromkeys(lists & set(changed), "")
        for one, changed in changes
    ]
    written = [_put(sheet, parent, one, changed) for one, changed in changes]
    sheet.before_saving(session, parent, written)
    fresh = [item for item in written if item.id is None]
    _number(session, sheet, parent, fresh)
    if sheet.plain_rows:
        _insert(session, sheet, parent, fresh)
    session.add_all(item for item in fresh if item.id is None)
    session.flush()
    sheet.after_saving(session, parent)
    audit.write(
        session,
        model.__name__,
        "edit",
        [
            (item.id, str(getattr(item, describe(model).title)), _moved(item, old))
            for item, old in zip(written, before, strict=True)
            if old
        ],
    )


def _put(sheet: SheetKind, parent: Any, one: Judged, changed: Mapping[str, Any]) -> Any:
    item = one.stored
    if item is None:
        item = sheet.model(**{f"{sheet.link}_id": parent.id})
    for name, value in changed.items():
        setattr(item, name, value)
    return item


def _number(session: AnySession, sheet: SheetKind, parent: Any, fresh: Sequence[Any]) -> None:
    """Continue the running numbers in the order of the sheet, if the model has any."""
    model: type[Any] = sheet.model
    if not hasattr(model, "serial"):
        return
    last = session.scalar(select(func.max(model.serial)).where(sheet.of_parent(model, parent))) or 0
    for serial, item in enumerate(fresh, start=last + 1):
        item.serial = serial


def _insert(session: AnySession, sheet: SheetKind, parent: Any, fresh: Sequence[Any]) -> None:
    """Insert new rows that consist of columns only and have a serial, with their history.

    Takes three statements. Through the session it would take several times as long, while other
    writers wait for the record.
    """
    if not fresh:
        return
    model: type[Any] = sheet.model
    mapper = inspect(model)
    given = [dict(inspect(one).dict) for one in fresh]
    names = {name for one in given for name in one} & {one.key for one in mapper.column_attrs}
    # A bulk insert needs the same columns in every row: missing values become the defaults.
    blank = {name: getattr(mapper.columns[name].default, "arg", None) for name in names}
    common = {"version": 1, **audit.marks(session)}
    rows = [{name: one.get(name, blank[name]) for name in names} | common for one in given]
    # Without this, rows with None would be grouped apart and inserted in further statements.
    session.execute(insert(model).execution_options(render_nulls=True), rows)
    # The record is locked, so no one else adds rows with these serials.
    mine = (sheet.of_parent(model, parent), model.serial >= fresh[0].serial)
    keys = session.scalars(select(model.id).where(*mine).order_by(model.serial))
    for one, key in zip(fresh, keys, strict=True):
        one.id = key
    audit.write_added(session, fresh)


def _list_names(model: type[Entity]) -> frozenset[str]:
    """Return the relations to many rows, which history does not find in the row's columns."""
    relations = {one.key: one.uselist for one in model.__mapper__.relationships}
    return frozenset(
        field.name for field in describe(model).where("relation") if relations[field.name]
    )


def _names(people: Sequence[Any]) -> str:
    return "、".join(str(one) for one in people)


def _moved(item: Any, before: Mapping[str, str]) -> dict[str, list[str]]:
    return {name: [old, _names(getattr(item, name))] for name, old in before.items()}
