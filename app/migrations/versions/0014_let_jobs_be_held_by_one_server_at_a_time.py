"""Let jobs be held by one server at a time.

Revision 0014, after 0013; 2026-11-30.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

JOB = sa.table(
    'job',
    sa.column('id', sa.Integer),
    sa.column('kind', sa.String),
    sa.column('detail', sa.Text),
    sa.column('record_id', sa.Integer),
    sa.column('title', sa.String),
    sa.column('state', sa.String),
    sa.column('message', sa.Text),
    sa.column('attempt', sa.Integer),
)
BATCH = sa.table('batch', sa.column('id', sa.Integer), sa.column('no', sa.String))
OF_SEVERAL = 'applications'


def upgrade() -> None:
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.alter_column(
            'detail', existing_type=sa.String(length=40), type_=sa.Text(), existing_nullable=False
        )
        batch_op.add_column(sa.Column('place', sa.String(length=64), server_default='', nullable=False))
        batch_op.add_column(sa.Column('owner', sa.String(length=32), server_default='', nullable=False))
        batch_op.add_column(sa.Column('attempt', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('leased_until', sa.DateTime(), nullable=True))
    with op.batch_alter_table('job', schema=None) as batch_op:
        for name in ('place', 'owner', 'attempt'):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table('job_part', schema=None) as batch_op:
        batch_op.add_column(sa.Column('attempt', sa.Integer(), server_default='0', nullable=False))
        batch_op.drop_constraint(op.f('uq_job_part_job_id_number'), type_='unique')
        batch_op.create_unique_constraint(
            op.f('uq_job_part_job_id_attempt_number'), ['job_id', 'attempt', 'number']
        )
    with op.batch_alter_table('job_part', schema=None) as batch_op:
        batch_op.alter_column('attempt', server_default=None)
    _name_batches()


def downgrade() -> None:
    _name_selections()
    # What was given up has a word of its own no more.
    op.execute("UPDATE job SET state = 'failed', message = '已取消' WHERE state = 'cancelled'")
    op.execute(
        "DELETE FROM job_part WHERE attempt <> "
        "(SELECT attempt FROM job WHERE job.id = job_part.job_id)"
    )
    with op.batch_alter_table('job_part', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('uq_job_part_job_id_attempt_number'), type_='unique')
        batch_op.drop_column('attempt')
        batch_op.create_unique_constraint(op.f('uq_job_part_job_id_number'), ['job_id', 'number'])
    # A longer text than the column took is of a kind that the older version does not know.
    op.execute("UPDATE job SET detail = substr(detail, 1, 40) WHERE length(detail) > 40")
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_column('leased_until')
        batch_op.drop_column('attempt')
        batch_op.drop_column('owner')
        batch_op.drop_column('place')
        batch_op.alter_column(
            'detail', existing_type=sa.Text(), type_=sa.String(length=40), existing_nullable=False
        )


def _name_batches() -> None:
    """Forms of chosen people named the selection alone; their title begins with the batch."""
    bind = op.get_bind()
    for job in bind.execute(sa.select(JOB).where(JOB.c.kind == OF_SEVERAL)).all():
        batch_no = job.title.partition(' ')[0]
        found = bind.scalar(sa.select(BATCH.c.id).where(BATCH.c.no == batch_no).limit(1))
        values = {'detail': f'{job.detail}.{job.record_id}', 'record_id': found or 0}
        bind.execute(sa.update(JOB).where(JOB.c.id == job.id).values(values))


def _name_selections() -> None:
    bind = op.get_bind()
    for job in bind.execute(sa.select(JOB).where(JOB.c.kind == OF_SEVERAL)).all():
        form, _, selection = job.detail.partition('.')
        values = {'detail': form, 'record_id': int(selection or 0)}
        bind.execute(sa.update(JOB).where(JOB.c.id == job.id).values(values))
