"""Does the database refuse what the declared limits forbid, and which old rows are in the way?

The limits are not written into migrations: like roles and rights they follow from the code. After
each upgrade, and by the command ``doctor``, a table gets the CHECK constraints that it lacks and
loses those that are no longer declared. While stored rows break a limit, they stay as they are, and
triggers refuse new values in its place.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, Table, create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from app.core import storage
from app.core.declarations.base import Entity
from app.core.declarations.limits import Limit, limits_of
from app.core.errors import DiskTrouble
from app.core.masking import mask_identity, mask_phone
from app.core.upkeep import postgresql_limits, sqlite_limits, states

log = logging.getLogger(__name__)

#: As many rows of each limit are listed; the others are counted.
LISTED = 100
#: As many of them are printed by an upgrade.
PRINTED = 10


@dataclass(frozen=True)
class Row:
    """A stored row that breaks a limit: its key and the values of the columns concerned."""

    key: int
    values: str


@dataclass(frozen=True)
class Offence:
    """The stored rows that break a limit; ``table`` is the Chinese name of their table."""

    limit: Limit
    table: str
    count: int
    rows: tuple[Row, ...]

    @property
    def message(self) -> str:
        """What is wrong with all these rows."""
        return f"{self.table}：{self.count} 条旧记录，{self.limit.problem().message}"


@dataclass(frozen=True)
class Outcome:
    """What could not be settled: limits that stored rows break, and tables that were busy.

    ``local`` says which states no procedure declares.
    """

    offences: tuple[Offence, ...]
    unsettled: tuple[str, ...]
    local: tuple[str, ...]


def settle(engine: Engine) -> Outcome:
    """Give every table the constraints that its declaration demands, as far as its rows allow.

    A table that is in use by others, or for which the disk has no room, is left as it is and named
    in the answer: an upgrade does not fail because of it.
    """
    # Connections of its own: to copy a table, SQLite must not look at foreign keys.
    engine = create_engine(engine.url, poolclass=NullPool)
    storage.install(engine)
    tool = _tool(engine)
    offences: list[Offence] = []
    unsettled: list[str] = []
    local: list[str] = []
    with engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        tables = [one for one in Entity.metadata.sorted_tables if one.name in there]
        behind = [one for one in tables if _is_behind(tool, connection, one)]
    for table in behind:
        try:
            with _writing(tool, engine) as connection:
                offences += _settle(tool, connection, table)
        except (SQLAlchemyError, DiskTrouble) as error:
            log.warning("the limits of %s were not settled", table.name, exc_info=error)
            unsettled.append(label_of(table))
    try:
        with _writing(tool, engine) as connection:
            states.settle(tool, connection)
            local = states.local(connection)
    except (SQLAlchemyError, DiskTrouble) as error:
        log.warning("the states were not listed", exc_info=error)
        unsettled.append("办理程序的状态")
    return Outcome(tuple(offences), tuple(unsettled), tuple(local))


def remove(connection: Connection) -> None:
    """Take every limit and every guard away, for a migration to before there were any."""
    tool = _tool(connection)
    for name in sorted(inspect(connection).get_table_names()):
        for guard in tool.guards(connection, name):
            tool.unguard(connection, name, guard)
        tool.unguard(connection, name, f"known_{name}_state")
        standing = tool.standing(connection, name)
        if standing:
            tool.change(connection, name, standing, ())
    tool.forget(connection)


def _is_behind(tool: ModuleType, connection: Connection, table: Table) -> bool:
    wanted = {name: one.condition for name, one in limits_of(table).items()}
    found = tool.standing(connection, table.name)
    return bool(wanted != found or tool.guards(connection, table.name))


def _settle(tool: ModuleType, connection: Connection, table: Table) -> list[Offence]:
    wanted = limits_of(table)
    standing: Mapping[str, str] = tool.standing(connection, table.name)
    missing = [one for one in wanted.values() if standing.get(one.name) != one.condition]
    offences = [found for one in missing if (found := _offence(connection, table, one))]
    broken = {one.limit.name for one in offences}
    sound = [one for one in missing if one.name not in broken]
    gone = [name for name in standing if name not in wanted or wanted[name] in missing]
    for guard in tool.guards(connection, table.name):
        tool.unguard(connection, table.name, guard)
    if gone or sound:
        tool.change(connection, table.name, gone, sound)
    for one in offences:
        tool.guard(connection, one.limit)
    return offences


def _offence(connection: Connection, table: Table, limit: Limit) -> Offence | None:
    broken = f'FROM "{table.name}" WHERE NOT ({limit.condition})'
    count = connection.exec_driver_sql(f"SELECT count(*) {broken}").scalar()
    if not count:
        return None
    (key,) = table.primary_key.columns.keys()
    names = ", ".join(f'"{name}"' for name in (key, *limit.columns))
    said = connection.exec_driver_sql(f'SELECT {names} {broken} ORDER BY "{key}" LIMIT {LISTED}')
    rows = tuple(Row(one[0], _shown(limit, one[1:])) for one in said)
    return Offence(limit, label_of(table), count, rows)


def _shown(limit: Limit, values: Iterable[Any]) -> str:
    """Return the values as text; of a day that may be personal only the year, which is wrong."""
    shown = ["" if one is None else str(one) for one in values]
    if isinstance(limit.low, date):
        shown = [one.split("-")[0] for one in shown]
    mask = {"id_number": mask_identity, "phone": mask_phone}.get(limit.field.sensitive or "")
    return "、".join(one if mask is None else mask(one) for one in shown)


def label_of(table: Table) -> str:
    """Return the Chinese name of a table, or its own name if it has no declared model."""
    for mapper in Entity.registry.mappers:
        if mapper.local_table is table:
            return str(getattr(mapper.class_, "__label__", table.name))
    return table.name


def lines(outcome: Outcome, most: int) -> list[str]:
    """Return the outcome as lines for people, with at most ``most`` rows of each limit."""
    found = []
    for one in outcome.offences:
        found.append(f"{one.message}（{one.limit.table}.{one.limit.columns[0]}）")
        found += [f"  第 {row.key} 号：{row.values}" for row in one.rows[:most]]
        found += ["  ……"] if one.count > most else []
    if outcome.offences:
        found.append(
            "旧记录原样保留，新填的值照常核对。改正后运行 flask --app run doctor 补上约束。"
        )
    found += [f"{name}：表正在使用或磁盘不足，约束还没有补上" for name in outcome.unsettled]
    if outcome.unsettled:
        found.append("数据没有改动。稍后运行 flask --app run doctor 再补。")
    return found


def _tool(bind: Engine | Connection) -> ModuleType:
    return sqlite_limits if bind.dialect.name == "sqlite" else postgresql_limits


@contextmanager
def _writing(tool: ModuleType, engine: Engine) -> Iterator[Connection]:
    """Open a transaction of the schema, which is no act: it has no session and no actor."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in tool.BEGINNING:
            connection.exec_driver_sql(statement)
        try:
            yield connection
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")
