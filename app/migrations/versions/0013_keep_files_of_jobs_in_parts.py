"""Keep files of jobs in parts.

Revision 0013, after 0012; 2026-11-28.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('job_part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('job_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_job_part_job_id_job')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_part')),
    sa.UniqueConstraint('job_id', 'number', name=op.f('uq_job_part_job_id_number'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.add_column(sa.Column('size', sa.BigInteger(), server_default='0', nullable=False))
    # What was made before stays to be fetched, each file as one part.
    op.execute(
        "INSERT INTO job_part (job_id, number, content) "
        "SELECT id, 0, content FROM job WHERE state = 'done'"
    )
    op.execute("UPDATE job SET size = length(content) WHERE state = 'done'")
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.alter_column('size', server_default=None)
        batch_op.drop_column('content')


def downgrade() -> None:
    # On SQLite two quotes are a text, not bytes.
    empty = sa.text("x''" if op.get_bind().dialect.name == "sqlite" else "''")
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('content', sa.LargeBinary(), server_default=empty, nullable=False)
        )
    op.execute(
        "UPDATE job SET content = (SELECT content FROM job_part WHERE job_id = job.id) "
        "WHERE (SELECT count(*) FROM job_part WHERE job_id = job.id) = 1"
    )
    # One value holds no file of several parts: it is to be made again.
    op.execute(
        "UPDATE job SET state = 'failed', message = '已过期，请重新生成', filename = '' "
        "WHERE (SELECT count(*) FROM job_part WHERE job_id = job.id) > 1"
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.alter_column('content', server_default=None)
        batch_op.drop_column('size')
    op.drop_table('job_part')
