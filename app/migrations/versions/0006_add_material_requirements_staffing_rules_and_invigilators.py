"""Add material requirements, staffing rules and invigilators.

Revision 0006, after 0005; 2026-11-24.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

#: Where SQLite copies a table, it would forget that keys are never given again.
KEEP_COUNTING = {"sqlite_autoincrement": True}


def upgrade() -> None:
    op.create_table('material_requirement',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('per', sa.String(length=20), nullable=False),
    sa.Column('severity', sa.String(length=10), nullable=False),
    sa.Column('clause', sa.String(length=60), nullable=False),
    sa.Column('body_kind', sa.String(length=20), nullable=False),
    sa.Column('target', sa.String(length=40), nullable=False),
    sa.Column('whom', sa.String(length=20), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=True),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name='pk_material_requirement'),
    sa.UniqueConstraint('code', name='uq_material_requirement_code'),
    sqlite_autoincrement=True
    )
    op.create_table('staffing_rule',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('occupation_id', sa.Integer(), nullable=True),
    sa.Column('severity', sa.String(length=10), nullable=False),
    sa.Column('theory_ratio', sa.Integer(), nullable=False),
    sa.Column('theory_least', sa.Integer(), nullable=False),
    sa.Column('practical_least', sa.Integer(), nullable=False),
    sa.Column('practical_ratio', sa.Integer(), nullable=False),
    sa.Column('practical_odd', sa.Boolean(), nullable=False),
    sa.Column('review_least', sa.Integer(), nullable=False),
    sa.Column('review_odd', sa.Boolean(), nullable=False),
    sa.Column('own_employer', sa.String(length=10), nullable=False),
    sa.Column('supervisor_rooms', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=True),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['occupation_id'], ['occupation.id'], name='fk_staffing_rule_occupation_id_occupation'),
    sa.PrimaryKeyConstraint('id', name='pk_staffing_rule'),
    sa.UniqueConstraint('code', name='uq_staffing_rule_code'),
    sqlite_autoincrement=True
    )
    op.create_index("ix_staffing_rule_occupation_id", "staffing_rule", ["occupation_id"])
    op.add_column("exam_session", sa.Column("invigilators", sa.Integer(), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table("exam_session", table_kwargs=KEEP_COUNTING) as batch_op:
        batch_op.drop_column("invigilators")
    op.drop_table('staffing_rule')
    op.drop_table('material_requirement')
