"""Answer each point of a return.

Revision 0023, after 0022; 2026-11-30. Records that were returned before have no rows here: the
whole note of their return counts as one point.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'return_point',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('step_id', sa.Integer(), nullable=False),
        sa.Column('serial', sa.Integer(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('answer', sa.Text(), nullable=False),
        sa.Column('answered_by', sa.String(length=80), nullable=False),
        sa.Column('answered_at', sa.DateTime(), nullable=True),
        sa.Column('change_id', sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_return_point')),
        sa.UniqueConstraint('step_id', 'serial', name=op.f('uq_return_point_step_id_serial')),
    )


def downgrade() -> None:
    op.drop_table('return_point')
