"""How do migrations reach the database? Through the application's own engine and one metadata."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from alembic import context
from alembic.operations import ops
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Column, DefaultClause, NullPool, create_engine, false, true

from app.core import database, storage
from app.core.declarations.base import Model
from app.core.errors import BadConfig
from app.core.upkeep import limits, readiness


def written(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """See to it that a new migration has its number and leaves no row without a value."""
    number(directives)
    for script in directives:
        for added in _added(script.upgrade_ops):
            fill(added)


def _added(parts: Any) -> Iterator[ops.AddColumnOp]:
    for one in getattr(parts, "ops", ()):
        if isinstance(one, ops.AddColumnOp):
            yield one
        yield from _added(one)


def fill(added: ops.AddColumnOp) -> None:
    """Give the rows that are there already the default that the model gives to new ones."""
    column: Column[Any] = added.column
    if column.nullable or column.server_default is not None:
        return
    default: Any = getattr(column.default, "arg", None)
    if default is None or callable(default):
        raise BadConfig(
            f"{added.table_name}.{column.name} 必填而没有默认值，表里已有的记录没有值可填："
            "请在声明里写上 default=…，或写 nullable=True"
        )
    if isinstance(default, bool):
        column.server_default = DefaultClause(true() if default else false())
    else:
        column.server_default = DefaultClause(str(default))


def number(directives: list[Any]) -> None:
    """Number a new migration after the last one, and write none when the models did not change."""
    if not directives:
        return
    script = directives[0]
    if script.upgrade_ops is not None and script.upgrade_ops.is_empty():
        directives.clear()
        return
    head = ScriptDirectory.from_config(context.config).get_current_head()
    script.rev_id = f"{int(head or 0) + 1:04d}"


def options() -> dict[str, Any]:
    """What both ways of running share; SQLite changes a column by copying its table."""
    known: dict[str, Any] = current_app.extensions["migrate"].configure_args
    return {
        "target_metadata": Model.metadata,
        "compare_type": True,
        "process_revision_directives": written,
        **{name: value for name, value in known.items() if value is not None},
    }


def print_statements() -> None:
    """Write the statements instead of running them (``flask db upgrade --sql``)."""
    engine = current_app.extensions["sqlalchemy"].engine
    context.configure(dialect=engine.dialect, literal_binds=True, **options())
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Run on a connection of its own: a batch on SQLite drops tables that others refer to."""
    url = context.config.attributes.get("url") or current_app.extensions["sqlalchemy"].engine.url
    engine = create_engine(url, poolclass=NullPool)
    database.read_where_nothing_can_be_written(engine)
    storage.install(engine)
    readiness.standing(engine)
    with engine.connect() as connection:
        context.configure(connection=connection, **options())
        with context.begin_transaction():
            context.run_migrations()
        arrived = readiness.revision_of(connection) == readiness.head()
    if arrived and not _compares():
        for line in limits.lines(limits.settle(engine), limits.PRINTED):
            click.echo(line)


def _compares() -> bool:
    """Whether the database is only held against the models, for a new migration."""
    try:
        context.get_revision_argument()
    except KeyError:
        return True
    return False


if context.is_offline_mode():
    print_statements()
else:
    run()
