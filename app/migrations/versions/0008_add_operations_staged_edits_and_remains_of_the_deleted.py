"""Add operations, staged edits and remains of the deleted.

Revision 0008, after 0007; 2026-11-24.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('operation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('detail', sa.String(length=200), nullable=False),
    sa.Column('entity', sa.String(length=40), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('undoes', sa.String(length=40), nullable=False),
    sa.Column('undone_by', sa.String(length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_operation')),
    sa.UniqueConstraint('name', name=op.f('uq_operation_name'))
    )
    op.create_table('remains',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entity', sa.String(length=40), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('column', sa.String(length=40), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remains'))
    )
    with op.batch_alter_table('remains', schema=None) as batch_op:
        batch_op.create_index('ix_remains_record', ['entity', 'record_id'], unique=False)

    op.create_table('staged_edit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entity', sa.String(length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('versions', sa.JSON(), nullable=False),
    sa.Column('asked', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staged_edit'))
    )
    with op.batch_alter_table('staged_edit', schema=None) as batch_op:
        batch_op.create_index('ix_staged_edit_made_at', ['made_at'], unique=False)

    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.create_index('ix_change_kind', ['kind', 'id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.drop_index('ix_change_kind')

    with op.batch_alter_table('staged_edit', schema=None) as batch_op:
        batch_op.drop_index('ix_staged_edit_made_at')

    op.drop_table('staged_edit')
    with op.batch_alter_table('remains', schema=None) as batch_op:
        batch_op.drop_index('ix_remains_record')

    op.drop_table('remains')
    op.drop_table('operation')
