"""Let the database refuse what is out of range.

The CHECK constraints follow from the declared fields and are put on after the last migration, on
every table whose rows meet them (app.core.upkeep.limits). Here they are only taken away. States are
held against a table of states, which is filled there too.

Revision 0021, after 0020; 2026-11-30.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.core.upkeep import limits

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'procedure_state',
        sa.Column('entity', sa.String(length=40), nullable=False),
        sa.Column('name', sa.String(length=30), nullable=False),
        sa.Column('label', sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint('entity', 'name', name=op.f('pk_procedure_state')),
    )


def downgrade() -> None:
    limits.remove(op.get_bind())
    op.drop_table('procedure_state')
