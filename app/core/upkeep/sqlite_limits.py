"""How does an SQLite table get and lose CHECK constraints?

SQLite cannot alter them: the table is copied, in one transaction, into one whose definition differs
in nothing but its constraints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Connection

from app.core.declarations.limits import Limit

_CHECK = re.compile(r',\s*CONSTRAINT "?(ck_\w+_(?:range|order|choice))"? CHECK \(([^()]*)\)')
_TABLE = re.compile(r'CREATE TABLE\s+(?:"[^"]+"|\w+)', re.IGNORECASE)
_SPARE = "limits_copy"
#: Opens a transaction that may copy tables: no foreign key must follow the old one out.
BEGINNING = ("PRAGMA foreign_keys = OFF", "BEGIN IMMEDIATE")
#: The two triggers that guard a limit.
_INSERTING, _UPDATING = "_inserting", "_updating"


def standing(connection: Connection, table: str) -> dict[str, str]:
    """Return the limits that the table has, name → condition."""
    return dict(_CHECK.findall(_definition(connection, table)))


def change(connection: Connection, table: str, gone: Iterable[str], new: Iterable[Limit]) -> None:
    """Copy the table into one without the constraints ``gone`` and with those in ``new``."""
    leaving = set(gone)
    before = _definition(connection, table)
    kept = _CHECK.sub(lambda found: "" if found[1] in leaving else found[0], before)
    added = "".join(f", \n\tCONSTRAINT {one.name} CHECK ({one.condition})" for one in new)
    body, end = kept.rstrip().rpartition(")")[::2]
    made = f"{body.rstrip()}{added}\n){end}"
    beside = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type <> 'table' AND sql IS NOT NULL",
        (table,),
    ).scalars()
    statements = [str(one) for one in beside]
    rows = connection.exec_driver_sql(f'PRAGMA table_info("{table}")').mappings()
    columns = ", ".join(f'"{one["name"]}"' for one in rows)
    connection.exec_driver_sql(_TABLE.sub(f'CREATE TABLE "{_SPARE}"', made, count=1))
    filled = f'INSERT INTO "{_SPARE}" ({columns}) SELECT {columns} FROM "{table}"'  # noqa: S608 - names of the schema
    connection.exec_driver_sql(filled)
    _count_on(connection, table)
    connection.exec_driver_sql(f'DROP TABLE "{table}"')
    connection.exec_driver_sql(f'ALTER TABLE "{_SPARE}" RENAME TO "{table}"')
    for statement in statements:
        connection.exec_driver_sql(statement)


def _count_on(connection: Connection, table: str) -> None:
    """Let the copy give no key again that a deleted row had."""
    if "AUTOINCREMENT" not in _definition(connection, table).upper():
        return
    last = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    found = last.scalar()
    if found is not None:
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (_SPARE,))
        connection.exec_driver_sql("INSERT INTO sqlite_sequence VALUES (?, ?)", (_SPARE, found))


def guards(connection: Connection, table: str) -> list[str]:
    """Return the names of the limits that triggers guard in place of a constraint."""
    found = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND name LIKE ?",
        (table, f"ck%{_INSERTING}"),
    )
    return [str(one).removesuffix(_INSERTING) for one in found.scalars()]


def guard(connection: Connection, limit: Limit) -> None:
    """Refuse new values that break the limit, and leave stored ones alone."""
    columns = ", ".join(f'"{one}"' for one in limit.columns)
    condition = re.sub(r'("\w+")', r"NEW.\1", limit.condition)
    refusing = (
        f'ON "{limit.table}" WHEN NOT ({condition}) '
        # The words of SQLite itself, by which the limit is found again.
        f"BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {limit.name}'); END"
    )
    for name, when in ((_INSERTING, "INSERT"), (_UPDATING, f"UPDATE OF {columns}")):
        connection.exec_driver_sql(f'CREATE TRIGGER "{limit.name}{name}" BEFORE {when} {refusing}')


def unguard(connection: Connection, _table: str, name: str) -> None:
    """Drop the triggers that guard a limit."""
    for suffix in (_INSERTING, _UPDATING):
        connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{name}{suffix}"')


def _definition(connection: Connection, table: str) -> str:
    found = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    )
    return str(found.scalar() or "")


def knows_states(connection: Connection, table: str) -> bool:
    """Return whether the table already refuses states that are not listed."""
    found = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN (?, ?)",
        (f"known_{table}_state{_INSERTING}", f"known_{table}_state{_UPDATING}"),
    )
    return bool(found.scalar() == 2)


def guard_states(connection: Connection, table: str, entity: str) -> None:
    """Refuse states that are not listed for the entity."""
    name = f"known_{table}_state"
    unguard(connection, table, name)
    listed = f"(entity, name) = ('{entity}', NEW.state)"
    refusing = (
        f'ON "{table}" WHEN NOT EXISTS (SELECT 1 FROM procedure_state WHERE {listed})'  # noqa: S608 - names of the schema
        f" BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {name}'); END"
    )
    for suffix, when in ((_INSERTING, "INSERT"), (_UPDATING, "UPDATE OF state")):
        connection.exec_driver_sql(f'CREATE TRIGGER "{name}{suffix}" BEFORE {when} {refusing}')


def forget(_connection: Connection) -> None:
    """Do nothing: SQLite's triggers have no functions of their own."""
