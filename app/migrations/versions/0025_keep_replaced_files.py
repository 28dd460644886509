"""Keep files that others have replaced.

Revision 0025, after 0024; 2026-11-30. Files overwritten before are lost; nothing else changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'file_version',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('entity', sa.String(length=40), nullable=False),
        sa.Column('record_id', sa.Integer(), nullable=False),
        sa.Column('holder_id', sa.Integer(), nullable=True),
        sa.Column('about', sa.JSON(), nullable=False),
        sa.Column('filename', sa.String(length=200), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.Column('since', sa.DateTime(), nullable=True),
        sa.Column('until', sa.DateTime(), nullable=False),
        sa.Column('actor_id', sa.Integer(), nullable=True),
        sa.Column('actor_name', sa.String(length=80), nullable=False),
        sa.Column('reason', sa.String(length=200), nullable=False),
        sa.Column('destroyed_at', sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_file_version')),
    )
    op.create_index('ix_file_version_record', 'file_version', ['entity', 'record_id'])
    op.create_index('ix_file_version_holder', 'file_version', ['entity', 'holder_id'])


def downgrade() -> None:
    op.drop_index('ix_file_version_holder', table_name='file_version')
    op.drop_index('ix_file_version_record', table_name='file_version')
    op.drop_table('file_version')
