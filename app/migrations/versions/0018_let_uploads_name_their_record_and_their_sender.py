"""Let uploads name their record and their sender.

Revision 0018, after 0017; 2026-11-30.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

MEMORY = sa.table(
    'heading_memory',
    sa.column('id', sa.Integer),
    sa.column('body_id', sa.Integer),
    sa.column('enterprise_id', sa.Integer),
    sa.column('sender', sa.String),
)
SENDER = re.compile(r'body:(\d+)(?:/enterprise:(\d+))?')
TOGETHER = ''  # the centres, which share what they have learnt


def upgrade() -> None:
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('parent_entity', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('parent_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('place_kind', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('place_id', sa.Integer(), nullable=True))
    op.execute(
        "UPDATE import_run SET parent_entity = 'Batch', parent_id = batch_id"
        " WHERE batch_id IS NOT NULL"
    )
    # A row that names both was the body's affair.
    op.execute(
        "UPDATE import_run SET place_kind = 'centre', place_id = centre_id"
        " WHERE centre_id IS NOT NULL"
    )
    op.execute(
        "UPDATE import_run SET place_kind = 'body', place_id = body_id WHERE body_id IS NOT NULL"
    )
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.drop_index(op.f('ix_import_run_batch_id'))
        batch_op.drop_column('batch_id')
        batch_op.drop_column('body_id')
        batch_op.drop_column('centre_id')
        batch_op.create_index('ix_import_run_parent', ['parent_entity', 'parent_id'], unique=False)

    with op.batch_alter_table('heading_memory', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('sender', sa.String(length=80), server_default='', nullable=False)
        )
    _name_senders()
    with op.batch_alter_table('heading_memory', schema=None) as batch_op:
        batch_op.alter_column('sender', server_default=None)
        batch_op.drop_constraint(
            op.f('uq_heading_memory_body_id_enterprise_id_kind_heading'), type_='unique'
        )
        batch_op.drop_column('enterprise_id')
        batch_op.drop_column('body_id')
        batch_op.create_unique_constraint(
            op.f('uq_heading_memory_sender_kind_heading'), ['sender', 'kind', 'heading']
        )


def downgrade() -> None:
    with op.batch_alter_table('heading_memory', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('body_id', sa.Integer(), server_default='0', nullable=False)
        )
        batch_op.add_column(
            sa.Column('enterprise_id', sa.Integer(), server_default='0', nullable=False)
        )
    _number_senders()
    with op.batch_alter_table('heading_memory', schema=None) as batch_op:
        batch_op.alter_column('body_id', server_default=None)
        batch_op.alter_column('enterprise_id', server_default=None)
        batch_op.drop_constraint(op.f('uq_heading_memory_sender_kind_heading'), type_='unique')
        batch_op.drop_column('sender')
        batch_op.create_unique_constraint(
            op.f('uq_heading_memory_body_id_enterprise_id_kind_heading'),
            ['body_id', 'enterprise_id', 'kind', 'heading'],
        )

    # What the earlier table cannot hold: sheets that were brought into another kind of record.
    op.execute("DELETE FROM import_run WHERE parent_entity <> 'Batch'")
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('batch_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('body_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('centre_id', sa.Integer(), nullable=True))
    op.execute("UPDATE import_run SET batch_id = parent_id")
    op.execute("UPDATE import_run SET body_id = place_id WHERE place_kind = 'body'")
    op.execute("UPDATE import_run SET centre_id = place_id WHERE place_kind = 'centre'")
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.drop_index('ix_import_run_parent')
        batch_op.drop_column('place_id')
        batch_op.drop_column('place_kind')
        batch_op.drop_column('parent_id')
        batch_op.drop_column('parent_entity')
        batch_op.create_index(op.f('ix_import_run_batch_id'), ['batch_id'], unique=False)


def _name_senders() -> None:
    """0 stood for no body and for no enterprise."""
    bind = op.get_bind()
    for row in bind.execute(sa.select(MEMORY)).all():
        sender = f'body:{row.body_id}' if row.body_id else TOGETHER
        if row.enterprise_id:
            sender = f'{sender}/enterprise:{row.enterprise_id}'
        bind.execute(sa.update(MEMORY).where(MEMORY.c.id == row.id).values(sender=sender))


def _number_senders() -> None:
    """Headings of a sender that the earlier table does not know are forgotten."""
    bind = op.get_bind()
    for row in bind.execute(sa.select(MEMORY.c.id, MEMORY.c.sender)).all():
        named = SENDER.fullmatch(row.sender)
        mine = MEMORY.c.id == row.id
        if named is not None:
            numbers = {'body_id': int(named[1]), 'enterprise_id': int(named[2] or 0)}
            bind.execute(sa.update(MEMORY).where(mine).values(**numbers))
        elif row.sender != TOGETHER:
            bind.execute(sa.delete(MEMORY).where(mine))
