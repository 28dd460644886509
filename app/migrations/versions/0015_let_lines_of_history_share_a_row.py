"""Let lines of history share a row.

Revision 0015, after 0014; 2026-11-30.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

SOME = 500
COLUMNS: dict[str, Any] = {
    'id': sa.Integer, 'entity': sa.String, 'record_id': sa.Integer, 'kind': sa.String,
    'title': sa.String, 'fields': sa.JSON, 'source': sa.String, 'operation': sa.String,
    'actor_id': sa.Integer, 'actor_name': sa.String, 'at': sa.DateTime, 'lines': sa.Integer,
    'titles': sa.Text, 'packed': sa.LargeBinary,
}  # fmt: skip


def upgrade() -> None:
    # Rows that are there stay as they are: each holds one line.
    op.add_column('change', sa.Column('lines', sa.Integer(), server_default='1', nullable=False))
    op.add_column('change', sa.Column('titles', sa.Text(), nullable=True))
    op.add_column('change', sa.Column('packed', sa.LargeBinary(), nullable=True))
    op.create_index('ix_change_lines', 'change', ['lines'], unique=False,
                    sqlite_where=sa.text('lines > 1'), postgresql_where=sa.text('lines > 1'))


def downgrade() -> None:
    _write_apart(op.get_bind())
    op.drop_index('ix_change_lines', table_name='change')
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.drop_column('packed')
        batch_op.drop_column('titles')
        batch_op.drop_column('lines')


def _write_apart(bind: sa.Connection) -> None:
    """Give each line a row of its own; from the first shared row on all get new keys in order."""
    # Whatever else changes, this edition's shared rows stay readable.
    from app.models.packed import lines_of

    change = sa.table('change', *(sa.column(name, kind) for name, kind in COLUMNS.items()))
    first = bind.scalar(sa.select(sa.func.min(change.c.id)).where(change.c.lines > 1))
    last = bind.scalar(sa.select(sa.func.max(change.c.id)))
    names = [name for name in COLUMNS if name not in {'id', 'lines', 'titles', 'packed'}]
    while first is not None:
        some = sa.select(change).where(change.c.id >= first, change.c.id <= last)
        rows = bind.execute(some.order_by(change.c.id).limit(SOME)).all()
        if not rows:
            break
        every: list[Any] = [*rows]
        made = [
            {name: getattr(line, name) for name in names} | {'lines': 1}
            for row in every
            for line in lines_of(row)
        ]
        bind.execute(sa.insert(change), made)
        bind.execute(sa.delete(change).where(change.c.id.in_([row.id for row in rows])))
        first = rows[-1].id + 1
