"""Let imports bring in any entity and be withdrawn.

Revision 0007, after 0006; 2026-11-24.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

# Earlier imports could only write these.
ENTITIES = {"roster": "Candidate", "scores": "Score", "arrangement": "ExamSession"}


def upgrade() -> None:
    with op.batch_alter_table('heading_memory', schema=None) as batch_op:
        batch_op.alter_column('kind',
               existing_type=sa.VARCHAR(length=20),
               type_=sa.String(length=40),
               existing_nullable=False)

    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('entity', sa.String(length=40), server_default='', nullable=False))
        batch_op.add_column(sa.Column('body_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('centre_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('parents', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('operation', sa.String(length=40), server_default='', nullable=False))
        batch_op.add_column(sa.Column('withdrawn_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('withdrawn_by', sa.String(length=80), server_default='', nullable=False))
        batch_op.alter_column('batch_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.create_index(batch_op.f('ix_import_run_entity'), ['entity'], unique=False)

    for kind, entity in ENTITIES.items():
        statement = sa.text("UPDATE import_run SET entity = :entity WHERE kind = :kind")
        op.execute(statement.bindparams(entity=entity, kind=kind))



def downgrade() -> None:
    # What the earlier tables cannot hold: imports and headings that belong to no batch.
    op.execute("DELETE FROM import_run WHERE batch_id IS NULL")
    op.execute("DELETE FROM heading_memory WHERE kind NOT IN ('roster', 'scores', 'arrangement')")
    op.execute("UPDATE import_run SET state = 'accepted' WHERE state = 'withdrawn'")
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_run_entity'))
        batch_op.alter_column('batch_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('withdrawn_by')
        batch_op.drop_column('withdrawn_at')
        batch_op.drop_column('operation')
        batch_op.drop_column('parents')
        batch_op.drop_column('centre_id')
        batch_op.drop_column('body_id')
        batch_op.drop_column('entity')

    with op.batch_alter_table('heading_memory', schema=None) as batch_op:
        batch_op.alter_column('kind',
               existing_type=sa.String(length=40),
               type_=sa.VARCHAR(length=20),
               existing_nullable=False)

