"""How does a PostgreSQL table get and lose CHECK constraints?

The server rewrites a condition as it stores it, so the condition as it was declared is kept as the
comment of its constraint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from app.core.declarations.limits import Limit

_GUARD = "_guard"
_OURS = r"^ck_\w+_(range|order|choice)$"
#: Opens a transaction; a long one of others must not hold up an upgrade, nor everybody behind it.
BEGINNING = ("BEGIN", "SET LOCAL lock_timeout = '5s'")
_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_broken_limit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'violates check constraint ' || TG_ARGV[0],
        ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0], TABLE = TG_TABLE_NAME;
END $$
"""
_REFUSE_STATE = """
CREATE OR REPLACE FUNCTION refuse_unknown_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM procedure_state WHERE entity = TG_ARGV[0] AND name = NEW.state) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING MESSAGE = 'violates check constraint ' || TG_ARGV[1],
        ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[1], TABLE = TG_TABLE_NAME;
END $$
"""


def standing(connection: Connection, table: str) -> dict[str, str]:
    """Return the limits that the table has, name → condition (empty if not said by us)."""
    found = connection.exec_driver_sql(
        "SELECT conname, coalesce(obj_description(oid, 'pg_constraint'), '') FROM pg_constraint"
        " WHERE conrelid = to_regclass(%s) AND contype = 'c' AND conname ~ %s",
        (f'"{table}"', _OURS),
    )
    return {str(name): str(condition) for name, condition in found}


def change(connection: Connection, table: str, gone: Iterable[str], new: Sequence[Limit]) -> None:
    """Drop the constraints ``gone`` and add those in ``new``, for which the table is read once."""
    parts = [f'DROP CONSTRAINT "{name}"' for name in gone]
    parts += [f'ADD CONSTRAINT "{one.name}" CHECK ({one.condition})' for one in new]
    connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(parts)}')
    for one in new:
        said = one.condition.replace("'", "''")
        connection.exec_driver_sql(f'COMMENT ON CONSTRAINT "{one.name}" ON "{table}" IS \'{said}\'')


def guards(connection: Connection, table: str) -> list[str]:
    """Return the names of the limits that triggers guard in place of a constraint."""
    found = connection.exec_driver_sql(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgname LIKE %s",
        (f'"{table}"', f"ck%{_GUARD}"),
    )
    return [str(one).removesuffix(_GUARD) for one in found.scalars()]


def guard(connection: Connection, limit: Limit) -> None:
    """Refuse new values that break the limit, and leave stored ones alone.

    A constraint that is NOT VALID would refuse any change of the stored rows, such as a deadline
    that the upgrade itself recomputes.
    """
    columns = ", ".join(f'"{one}"' for one in limit.columns)
    condition = re.sub(r'("\w+")', r"NEW.\1", limit.condition)
    connection.exec_driver_sql(_REFUSE)
    connection.exec_driver_sql(
        f'CREATE TRIGGER "{limit.name}{_GUARD}" BEFORE INSERT OR UPDATE OF {columns}'
        f' ON "{limit.table}" FOR EACH ROW WHEN (NOT ({condition}))'
        f" EXECUTE FUNCTION refuse_broken_limit('{limit.name}')"
    )


def unguard(connection: Connection, table: str, name: str) -> None:
    """Drop the trigger that guards a limit."""
    connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{name}{_GUARD}" ON "{table}"')


def knows_states(connection: Connection, table: str) -> bool:
    """Return whether the table already refuses states that are not listed."""
    found = connection.exec_driver_sql(
        "SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgname = %s",
        (f'"{table}"', f"known_{table}_state{_GUARD}"),
    )
    return bool(found.scalar())


def guard_states(connection: Connection, table: str, entity: str) -> None:
    """Refuse states that are not listed for the entity."""
    name = f"known_{table}_state"
    connection.exec_driver_sql(_REFUSE_STATE)
    connection.exec_driver_sql(
        f'CREATE TRIGGER "{name}{_GUARD}" BEFORE INSERT OR UPDATE OF state ON "{table}"'
        f" FOR EACH ROW EXECUTE FUNCTION refuse_unknown_state('{entity}', '{name}')"
    )


def forget(connection: Connection) -> None:
    """Drop the functions of the triggers, when no trigger is left."""
    for name in ("refuse_broken_limit", "refuse_unknown_state"):
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")
