"""Mark databases for practice.

Revision 0020, after 0019; 2026-11-30. No database is marked by the upgrade: whether one with a demo
centre has since been used for real work cannot be known here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'installation',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('practice', sa.Boolean(), nullable=False),
        sa.Column('practice_day', sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_installation')),
    )


def downgrade() -> None:
    op.drop_table('installation')
