"""On SQLite a new row never gets the key of a deleted one, nor what still hangs on that key.

Steps, changes and uploads know their record by its key alone. PostgreSQL counts on by itself.

Revision 0002, after 0001
"""

from __future__ import annotations

from collections.abc import Iterator

from alembic import op
from sqlalchemy import inspect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rebuild(counting_on=True)


def downgrade() -> None:
    _rebuild(counting_on=False)


def _rebuild(*, counting_on: bool) -> None:
    context = op.get_context()
    if context.dialect.name != "sqlite" or context.as_sql:
        return
    for name in list(_entities()):
        options = {"sqlite_autoincrement": counting_on}
        with op.batch_alter_table(name, recreate="always", table_kwargs=options):
            pass


def _entities() -> Iterator[str]:
    seen = inspect(op.get_bind())
    for name in seen.get_table_names():
        if {"id", "version", "created_by_id"} <= {one["name"] for one in seen.get_columns(name)}:
            yield name
