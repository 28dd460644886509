"""Keep what was made public.

Revision 0022, after 0021; 2026-11-30. What the publicities of before said was not kept: their rows
are written from the present marks, without the words of the result. Nothing changes its state.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

#: A table that is copied keeps counting its keys itself.
OWN_KEYS = {'sqlite_autoincrement': True}

TEXTS = (
    ('name', 80), ('id_number', 30), ('employer', 120), ('occupation', 120), ('work_type', 80),
    ('level', 40), ('result', 10),
)  # fmt: skip


def upgrade() -> None:
    made = op.create_table(
        'published_result',
        sa.Column('publicity_id', sa.Integer(), nullable=False),
        sa.Column('candidate_id', sa.Integer(), nullable=False),
        sa.Column('serial', sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length=size), nullable=False) for name, size in TEXTS),
        sa.Column('passed', sa.Boolean(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(), nullable=True),
        sa.Column('created_by_id', sa.Integer(), nullable=True),
        sa.Column('changed_at', sa.DateTime(), nullable=True),
        sa.Column('changed_by_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['candidate_id'], ['candidate.id'],
            name=op.f('fk_published_result_candidate_id_candidate'),
        ),
        sa.ForeignKeyConstraint(
            ['publicity_id'], ['publicity.id'],
            name=op.f('fk_published_result_publicity_id_publicity'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_published_result')),
        sa.UniqueConstraint(
            'publicity_id', 'candidate_id',
            name=op.f('uq_published_result_publicity_id_candidate_id'),
        ),
        sqlite_autoincrement=True,
    )  # fmt: skip
    for column in ('candidate_id', 'publicity_id'):
        op.create_index(op.f(f'ix_published_result_{column}'), 'published_result', [column])
    with op.batch_alter_table('objection', schema=None, table_kwargs=OWN_KEYS) as batch_op:
        batch_op.add_column(sa.Column('candidate_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_objection_candidate_id'), ['candidate_id'])
        batch_op.create_foreign_key(
            batch_op.f('fk_objection_candidate_id_candidate'), 'candidate', ['candidate_id'], ['id']
        )
    assert made is not None
    op.execute(made.insert().from_select(*_of_before()))


def _of_before() -> tuple[list[str], sa.Select[tuple[object, ...]]]:
    """The columns, and a select of what each running or closed publicity must have said."""
    names = ('occupation', 'work_type', 'level')
    publicity = sa.table('publicity', *map(sa.column, ('id', 'batch_id', 'state')))
    candidate = sa.table(
        'candidate',
        *map(sa.column, ('id', 'batch_id', 'serial', 'name', 'id_number', 'employer')),
        *(sa.column(f'{name}_id') for name in names),
    )
    score = sa.table('score', sa.column('candidate_id'), sa.column('outcome'))
    titles = {name: sa.table(name, sa.column('id'), sa.column('name')) for name in names}
    joined = publicity.join(candidate, candidate.c.batch_id == publicity.c.batch_id)
    for name, table in titles.items():
        joined = joined.join(table, table.c.id == candidate.c[f'{name}_id'])
    joined = joined.outerjoin(score, score.c.candidate_id == candidate.c.id)
    values = {
        'publicity_id': publicity.c.id,
        'candidate_id': candidate.c.id,
        'serial': candidate.c.serial,
        'name': candidate.c.name,
        'id_number': candidate.c.id_number,
        'employer': sa.func.coalesce(candidate.c.employer, ''),
        **{name: table.c.name for name, table in titles.items()},
        'result': sa.literal(''),
        'passed': sa.case((score.c.outcome == 'passed', sa.true()), else_=sa.false()),
        'version': sa.literal(1),
    }
    chosen = sa.select(*values.values()).select_from(joined)
    running = chosen.where(publicity.c.state.in_(('open', 'closed')))
    return [*values], running.order_by(publicity.c.id, candidate.c.serial, candidate.c.id)


def downgrade() -> None:
    with op.batch_alter_table('objection', schema=None, table_kwargs=OWN_KEYS) as batch_op:
        batch_op.drop_constraint(
            batch_op.f('fk_objection_candidate_id_candidate'), type_='foreignkey'
        )
        batch_op.drop_index(batch_op.f('ix_objection_candidate_id'))
        batch_op.drop_column('candidate_id')
    op.drop_table('published_result')
