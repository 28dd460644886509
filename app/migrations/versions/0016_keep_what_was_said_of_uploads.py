"""Keep what was said of uploads.

Revision 0016, after 0015; 2026-11-30.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('judged_sheet',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('changes', sa.Integer(), nullable=False),
    sa.Column('steps', sa.Integer(), nullable=False),
    sa.Column('head', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['import_run.id'], name=op.f('fk_judged_sheet_run_id_import_run'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('run_id', name=op.f('pk_judged_sheet'))
    )
    op.create_table('judged_part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('only', sa.Boolean(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('rows', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['judged_sheet.run_id'], name=op.f('fk_judged_part_run_id_judged_sheet'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judged_part')),
    sa.UniqueConstraint('run_id', 'only', 'number', name=op.f('uq_judged_part_run_id_only_number'))
    )


def downgrade() -> None:
    # What is lost is judged anew when it is looked at.
    op.drop_table('judged_part')
    op.drop_table('judged_sheet')
