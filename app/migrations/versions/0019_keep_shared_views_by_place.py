"""Keep shared views by place.

Revision 0019, after 0018; 2026-11-30.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

view = sa.table(
    'saved_view',
    sa.column('centre_id', sa.Integer),
    sa.column('place_kind', sa.String),
    sa.column('place_key', sa.Integer),
)


def upgrade() -> None:
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('place_kind', sa.String(length=20), nullable=False, server_default='')
        )
        batch_op.add_column(sa.Column('place_key', sa.Integer(), nullable=True))
    op.execute(
        view.update()
        .where(view.c.centre_id.is_not(None))
        .values(place_kind='centre', place_key=view.c.centre_id)
    )
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.alter_column('place_kind', server_default=None)
        batch_op.drop_column('centre_id')


def downgrade() -> None:
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.add_column(sa.Column('centre_id', sa.Integer(), nullable=True))
    op.execute(
        view.update()
        .where(view.c.place_kind == 'centre')
        .values(centre_id=view.c.place_key)
    )
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.drop_column('place_key')
        batch_op.drop_column('place_kind')
