"""Add eligibility routes, pass rules of plans and retakes of candidates.

Revision 0005, after 0004; 2026-11-24.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: Where SQLite copies a table, it would forget that keys are never given again.
KEEP_COUNTING = {"sqlite_autoincrement": True}

TEXTS = (
    ("household", 80),
    ("condition", 200),
    ("school_kind", 20),
    ("major", 60),
    ("major_related", 10),
    ("final_year", 10),
    ("title_rank", 20),
    ("apprenticed", 10),
    ("basis", 200),
    ("attempt", 10),
)

#: A score that only waits for a deferred paper was kept as one without outcome.
DEFERRED = """
    UPDATE score SET outcome = 'deferred'
    WHERE outcome = ''
      AND (theory_state = 'deferred' OR practical_state = 'deferred' OR review_state = 'deferred')
      AND (theory_state <> 'normal' OR theory IS NOT NULL)
      AND (practical_state <> 'normal' OR practical IS NOT NULL)
      AND (
        review_state <> 'normal' OR review IS NOT NULL
        OR candidate_id NOT IN (
          SELECT candidate.id FROM candidate JOIN level ON level.id = candidate.level_id
          WHERE level.digit IN ('1', '2')
        )
      )
"""


def upgrade() -> None:
    op.create_table(
        "eligibility_route",
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("wording", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=True),
        sa.Column("edition", sa.String(length=60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("lower_level_id", sa.Integer(), nullable=True),
        sa.Column("years_since_lower", sa.Integer(), nullable=True),
        sa.Column("graduate", sa.String(length=20), nullable=False),
        sa.Column("in_field", sa.Boolean(), nullable=False),
        sa.Column("final_year", sa.Boolean(), nullable=False),
        sa.Column("title_rank", sa.String(length=10), nullable=False),
        sa.Column("years_since_title", sa.Integer(), nullable=True),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("apprenticeship", sa.Boolean(), nullable=False),
        sa.Column("insurance", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.String(length=200), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["level_id"], ["level.id"], name=op.f("fk_eligibility_route_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["lower_level_id"], ["level.id"], name=op.f("fk_eligibility_route_lower_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["occupation_id"],
            ["occupation.id"],
            name=op.f("fk_eligibility_route_occupation_id_occupation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_route")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("eligibility_route", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_eligibility_route_level_id"), ["level_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_eligibility_route_lower_level_id"), ["lower_level_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_eligibility_route_occupation_id"), ["occupation_id"], unique=False
        )

    op.create_table(
        "plan_pass_rule",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=True),
        sa.Column("level_id", sa.Integer(), nullable=True),
        sa.Column("theory_pass", sa.Numeric(precision=4, scale=1), nullable=True),
        sa.Column("theory_full", sa.Numeric(precision=4, scale=1), nullable=False),
        sa.Column("theory_weight", sa.Integer(), nullable=True),
        sa.Column("practical_pass", sa.Numeric(precision=4, scale=1), nullable=True),
        sa.Column("practical_full", sa.Numeric(precision=4, scale=1), nullable=False),
        sa.Column("practical_weight", sa.Integer(), nullable=True),
        sa.Column("review_pass", sa.Numeric(precision=4, scale=1), nullable=True),
        sa.Column("review_full", sa.Numeric(precision=4, scale=1), nullable=False),
        sa.Column("review_weight", sa.Integer(), nullable=True),
        sa.Column("total_pass", sa.Numeric(precision=4, scale=1), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["level_id"], ["level.id"], name=op.f("fk_plan_pass_rule_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["occupation_id"],
            ["occupation.id"],
            name=op.f("fk_plan_pass_rule_occupation_id_occupation"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_pass_rule_plan_id_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_pass_rule")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("plan_pass_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_pass_rule_level_id"), ["level_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_plan_pass_rule_occupation_id"), ["occupation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_plan_pass_rule_plan_id"), ["plan_id"], unique=False)

    with op.batch_alter_table("candidate", table_kwargs=KEEP_COUNTING) as batch_op:
        batch_op.add_column(
            sa.Column("household", sa.String(length=80), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("condition", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("school_kind", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("major", sa.String(length=60), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("major_related", sa.String(length=10), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("final_year", sa.String(length=10), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("title_rank", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("title_date", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("apprenticed", sa.String(length=10), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("basis", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("attempt", sa.String(length=10), nullable=False, server_default="new")
        )
        batch_op.add_column(sa.Column("retake_of_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("theory_carried", sa.Numeric(precision=4, scale=1), nullable=True)
        )
        batch_op.add_column(
            sa.Column("practical_carried", sa.Numeric(precision=4, scale=1), nullable=True)
        )
        batch_op.add_column(
            sa.Column("review_carried", sa.Numeric(precision=4, scale=1), nullable=True)
        )
        batch_op.create_index(
            batch_op.f("ix_candidate_retake_of_id"), ["retake_of_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_candidate_retake_of_id_candidate"), "candidate", ["retake_of_id"], ["id"]
        )

    # The server's defaults were for the rows that were there; new rows bring their values.
    with op.batch_alter_table("candidate", table_kwargs=KEEP_COUNTING) as batch_op:
        for name, size in TEXTS:
            batch_op.alter_column(name, existing_type=sa.String(length=size), server_default=None)

    op.execute(DEFERRED)


def downgrade() -> None:
    op.execute("UPDATE score SET outcome = '' WHERE outcome = 'deferred'")
    with op.batch_alter_table("candidate", table_kwargs=KEEP_COUNTING) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_candidate_retake_of_id_candidate"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_candidate_retake_of_id"))
        batch_op.drop_column("review_carried")
        batch_op.drop_column("practical_carried")
        batch_op.drop_column("theory_carried")
        batch_op.drop_column("retake_of_id")
        batch_op.drop_column("attempt")
        batch_op.drop_column("basis")
        batch_op.drop_column("apprenticed")
        batch_op.drop_column("title_date")
        batch_op.drop_column("title_rank")
        batch_op.drop_column("final_year")
        batch_op.drop_column("major_related")
        batch_op.drop_column("major")
        batch_op.drop_column("school_kind")
        batch_op.drop_column("condition")
        batch_op.drop_column("household")

    with op.batch_alter_table("plan_pass_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_pass_rule_plan_id"))
        batch_op.drop_index(batch_op.f("ix_plan_pass_rule_occupation_id"))
        batch_op.drop_index(batch_op.f("ix_plan_pass_rule_level_id"))

    op.drop_table("plan_pass_rule")
    with op.batch_alter_table("eligibility_route", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_eligibility_route_occupation_id"))
        batch_op.drop_index(batch_op.f("ix_eligibility_route_lower_level_id"))
        batch_op.drop_index(batch_op.f("ix_eligibility_route_level_id"))

    op.drop_table("eligibility_route")
