"""Let the database refuse what is out of range.

The CHECK constraints follow from the declared fields and are put on after the last migration, for
the rows of every table that meet them (app.core.upkeep.limits). Here they are only taken away.

Revision 0021, after 0020; 2026-11-30.
"""

from __future__ import annotations

from alembic import op

from app.core.upkeep import limits

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    limits.remove(op.get_bind())
