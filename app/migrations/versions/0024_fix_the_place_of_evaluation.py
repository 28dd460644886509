"""Record where a batch is evaluated.

Revision 0024, after 0023; 2026-12-01. A batch of before is evaluated in the city of the centre that
reviews it. Nothing changes its state.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

#: A table that is copied keeps counting its keys itself.
OWN_KEYS = {'sqlite_autoincrement': True}


def upgrade() -> None:
    with op.batch_alter_table('batch', schema=None, table_kwargs=OWN_KEYS) as batch_op:
        batch_op.add_column(sa.Column('region_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_batch_region_id'), ['region_id'])
        batch_op.create_foreign_key(
            batch_op.f('fk_batch_region_id_region'), 'region', ['region_id'], ['id']
        )
    batch = sa.table('batch', sa.column('region_id'), sa.column('city_centre_id'))
    centre = sa.table('centre', sa.column('id'), sa.column('region_id'))
    its_own = sa.select(centre.c.region_id).where(centre.c.id == batch.c.city_centre_id)
    op.execute(batch.update().values(region_id=its_own.scalar_subquery()))


def downgrade() -> None:
    with op.batch_alter_table('batch', schema=None, table_kwargs=OWN_KEYS) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_batch_region_id_region'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_batch_region_id'))
        batch_op.drop_column('region_id')
