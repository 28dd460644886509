"""How do migrations reach the database? Through the application's own engine and one metadata."""

from __future__ import annotations

from typing import Any

from alembic import context
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import NullPool, create_engine

from app.models.base import Model


def number(_context: Any, _revision: Any, directives: list[Any]) -> None:
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
        "process_revision_directives": number,
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
    url = current_app.extensions["sqlalchemy"].engine.url
    with create_engine(url, poolclass=NullPool).connect() as connection:
        context.configure(connection=connection, **options())
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    print_statements()
else:
    run()
