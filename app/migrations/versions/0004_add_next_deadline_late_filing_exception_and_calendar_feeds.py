"""Add next deadline, late filing exception and calendar feeds.

Batches that are under way get their next deadline, by the periods of the notice; where a centre has
set stricter ones, ``recompute-deadlines`` (which ``make setup`` runs) puts it right.

Revision 0004, after 0003; 2026-11-24.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROWS_AT_ONCE = 1000


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feed_digest")),
        sa.UniqueConstraint("user_id", name=op.f("uq_calendar_feed_user_id")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_due", sa.Date(), nullable=True))
        batch_op.add_column(_text("next_due_kind", sa.String(length=20)))
        batch_op.add_column(_text("late_reason", sa.Text()))
        batch_op.add_column(sa.Column("late_exam", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("late_on", sa.Date(), nullable=True))
        batch_op.add_column(_text("late_by", sa.String(length=120)))
        batch_op.add_column(sa.Column("late_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_batch_next_due"), ["next_due"], unique=False)
    if not op.get_context().as_sql:
        _fill()


def downgrade() -> None:
    # On SQLite the table is copied, and counts its keys on only when told.
    options = {"sqlite_autoincrement": True}
    with op.batch_alter_table("batch", schema=None, table_kwargs=options) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_next_due"))
        batch_op.drop_column("late_by_id")
        batch_op.drop_column("late_by")
        batch_op.drop_column("late_on")
        batch_op.drop_column("late_exam")
        batch_op.drop_column("late_reason")
        batch_op.drop_column("next_due_kind")
        batch_op.drop_column("next_due")
    op.drop_table("calendar_feed")


def _text(name: str, type_: Any) -> sa.Column[str]:
    return sa.Column(name, type_, nullable=False, server_default="")


def _fill() -> None:
    """Write the next deadline of every batch that has one."""
    from app.rules.deadlines import PRESSING, BatchDates, next_deadline

    connection, calendar = op.get_bind(), _calendar()
    batch = sa.table(
        "batch",
        *[sa.column(name) for name in ("id", "state", "next_due_kind")],
        *[sa.column(name, sa.Date) for name in ("exam_date", "exam_end", "next_due")],
    )
    publicities = _publicities()
    rows = connection.execute(
        sa.select(batch.c.id, batch.c.state, batch.c.exam_date, batch.c.exam_end)
        .where(batch.c.state.in_(list(PRESSING)))
        .order_by(batch.c.id)
    ).all()
    made = []
    for row in rows:
        opened, closed = publicities.get(row.id, (None, None))
        last = row.exam_end or row.exam_date
        found = next_deadline(
            row.state, BatchDates(row.exam_date, last, opened, closed, None), calendar
        )
        if found is not None:
            made.append({"batch_id": row.id, "kind": found.key, "due": found.due})
    change = (
        sa.update(batch)
        .where(batch.c.id == sa.bindparam("batch_id"))
        .values(next_due=sa.bindparam("due"), next_due_kind=sa.bindparam("kind"))
    )
    for start in range(0, len(made), ROWS_AT_ONCE):
        connection.execute(change, made[start : start + ROWS_AT_ONCE])


def _calendar() -> Any:
    from app.rules.workdays import WorkCalendar

    connection = op.get_bind()
    days = sa.table("workday_override", sa.column("day", sa.Date), sa.column("working", sa.Boolean))
    years = sa.table("calendar_year", sa.column("year"))
    return WorkCalendar(
        {row.day: row.working for row in connection.execute(sa.select(days.c.day, days.c.working))},
        frozenset(connection.scalars(sa.select(years.c.year))),
    )


def _publicities() -> dict[int, tuple[date | None, date | None]]:
    """When the results of each batch were made public, and until when, by the latest publicity."""
    publicity = sa.table(
        "publicity",
        *[sa.column(name) for name in ("id", "batch_id", "state")],
        *[sa.column(name, sa.Date) for name in ("opens_on", "closed_on")],
    )
    rows = op.get_bind().execute(
        sa.select(publicity.c.batch_id, publicity.c.opens_on, publicity.c.closed_on)
        .where(publicity.c.state != "cancelled")
        .order_by(publicity.c.id)
    )
    return {row.batch_id: (row.opens_on, row.closed_on) for row in rows}
