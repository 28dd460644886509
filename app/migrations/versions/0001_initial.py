"""The tables of the framework and of the product as they first went into use.

Revision 0001, after nothing
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ab_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("label", sa.String(length=150), nullable=True),
        sa.Column("description", sa.String(length=512), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_group")),
        sa.UniqueConstraint("name", name=op.f("uq_ab_group_name")),
    )
    op.create_table(
        "ab_permission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_permission")),
        sa.UniqueConstraint("name", name=op.f("uq_ab_permission_name")),
    )
    op.create_table(
        "ab_register_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(length=64), nullable=False),
        sa.Column("last_name", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=128), nullable=False),
        sa.Column("password", sa.String(length=256), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("registration_date", sa.DateTime(), nullable=True),
        sa.Column("registration_hash", sa.String(length=256), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_register_user")),
        sa.UniqueConstraint("email", name=op.f("uq_ab_register_user_email")),
        sa.UniqueConstraint("username", name=op.f("uq_ab_register_user_username")),
    )
    op.create_table(
        "ab_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_role")),
        sa.UniqueConstraint("name", name=op.f("uq_ab_role_name")),
    )
    op.create_table(
        "ab_view_menu",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_view_menu")),
        sa.UniqueConstraint("name", name=op.f("uq_ab_view_menu_name")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_year")),
        sa.UniqueConstraint("year", name=op.f("uq_calendar_year_year")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("operation", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_operation"), "change", ["operation"], unique=False)
    op.create_index("ix_change_record", "change", ["entity", "record_id"], unique=False)
    op.create_table(
        "code_kind",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_kind")),
        sa.UniqueConstraint("kind", name=op.f("uq_code_kind_kind")),
    )
    op.create_table(
        "heading_memory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("heading", sa.String(length=120), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("learnt_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heading_memory")),
        sa.UniqueConstraint(
            "body_id",
            "enterprise_id",
            "kind",
            "heading",
            name=op.f("uq_heading_memory_body_id_enterprise_id_kind_heading"),
        ),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_batch_id"), "import_run", ["batch_id"], unique=False)
    op.create_table(
        "level",
        sa.Column("digit", sa.String(length=2), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("short", sa.String(length=20), nullable=False),
        sa.Column("aliases", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level")),
        sa.UniqueConstraint("digit", name=op.f("uq_level_digit")),
        sa.UniqueConstraint("name", name=op.f("uq_level_name")),
    )
    op.create_table(
        "number_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.String(length=60), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_counter")),
        sa.UniqueConstraint("prefix", name=op.f("uq_number_counter_prefix")),
    )
    op.create_table(
        "occupation",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("digital", sa.Boolean(), nullable=False),
        sa.Column("green", sa.Boolean(), nullable=False),
        sa.Column("aliases", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupation")),
        sa.UniqueConstraint("code", name=op.f("uq_occupation_code")),
    )
    op.create_index(op.f("ix_occupation_name"), "occupation", ["name"], unique=False)
    op.create_table(
        "region",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("code", name=op.f("uq_region_code")),
    )
    op.create_index(op.f("ix_region_name"), "region", ["name"], unique=False)
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("target", sa.String(length=30), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    op.create_index("ix_step_record", "step", ["entity", "record_id"], unique=False)
    op.create_table(
        "workday_override",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workday_override")),
        sa.UniqueConstraint("day", name=op.f("uq_workday_override_day")),
    )
    op.create_table(
        "ab_group_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["ab_group.id"],
            name=op.f("fk_ab_group_role_group_id_ab_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["role_id"],
            ["ab_role.id"],
            name=op.f("fk_ab_group_role_role_id_ab_role"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_group_role")),
        sa.UniqueConstraint("group_id", "role_id", name=op.f("uq_ab_group_role_group_id_role_id")),
    )
    op.create_index("idx_group_id", "ab_group_role", ["group_id"], unique=False)
    op.create_index("idx_group_role_id", "ab_group_role", ["role_id"], unique=False)
    op.create_table(
        "ab_permission_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("permission_id", sa.Integer(), nullable=False),
        sa.Column("view_menu_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["permission_id"],
            ["ab_permission.id"],
            name=op.f("fk_ab_permission_view_permission_id_ab_permission"),
        ),
        sa.ForeignKeyConstraint(
            ["view_menu_id"],
            ["ab_view_menu.id"],
            name=op.f("fk_ab_permission_view_view_menu_id_ab_view_menu"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_permission_view")),
        sa.UniqueConstraint(
            "permission_id",
            "view_menu_id",
            name=op.f("uq_ab_permission_view_permission_id_view_menu_id"),
        ),
    )
    op.create_index("idx_permission_id", "ab_permission_view", ["permission_id"], unique=False)
    op.create_index("idx_view_menu_id", "ab_permission_view", ["view_menu_id"], unique=False)
    op.create_table(
        "centre",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("complaint_phone", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_centre_region_id_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre")),
        sa.UniqueConstraint("code", name=op.f("uq_centre_code")),
        sa.UniqueConstraint("name", name=op.f("uq_centre_name")),
    )
    op.create_index(op.f("ix_centre_region_id"), "centre", ["region_id"], unique=False)
    op.create_table(
        "code_item",
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("aliases", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["code_kind.id"], name=op.f("fk_code_item_kind_id_code_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_item")),
        sa.UniqueConstraint("kind_id", "code", name=op.f("uq_code_item_kind_id_code")),
    )
    op.create_index(op.f("ix_code_item_kind_id"), "code_item", ["kind_id"], unique=False)
    op.create_table(
        "work_type",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("aliases", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occupation_id"], ["occupation.id"], name=op.f("fk_work_type_occupation_id_occupation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_type")),
        sa.UniqueConstraint("occupation_id", "name", name=op.f("uq_work_type_occupation_id_name")),
    )
    op.create_index(op.f("ix_work_type_name"), "work_type", ["name"], unique=False)
    op.create_index(
        op.f("ix_work_type_occupation_id"), "work_type", ["occupation_id"], unique=False
    )
    op.create_table(
        "ab_permission_view_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("permission_view_id", sa.Integer(), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["permission_view_id"],
            ["ab_permission_view.id"],
            name=op.f("fk_ab_permission_view_role_permission_view_id_ab_permission_view"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["role_id"],
            ["ab_role.id"],
            name=op.f("fk_ab_permission_view_role_role_id_ab_role"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_permission_view_role")),
        sa.UniqueConstraint(
            "permission_view_id",
            "role_id",
            name=op.f("uq_ab_permission_view_role_permission_view_id_role_id"),
        ),
    )
    op.create_index(
        "idx_permission_view_id", "ab_permission_view_role", ["permission_view_id"], unique=False
    )
    op.create_index("idx_role_id", "ab_permission_view_role", ["role_id"], unique=False)
    op.create_table(
        "body",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("city_centre_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("number_prefix", sa.String(length=4), nullable=False),
        sa.Column("number_serial", sa.String(length=6), nullable=False),
        sa.Column("contact", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("complaint_phone", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_body_centre_id_centre")
        ),
        sa.ForeignKeyConstraint(
            ["city_centre_id"], ["centre.id"], name=op.f("fk_body_city_centre_id_centre")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_body_region_id_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("code", name=op.f("uq_body_code")),
    )
    op.create_index(op.f("ix_body_centre_id"), "body", ["centre_id"], unique=False)
    op.create_index(op.f("ix_body_city_centre_id"), "body", ["city_centre_id"], unique=False)
    op.create_index(op.f("ix_body_name"), "body", ["name"], unique=False)
    op.create_index(op.f("ix_body_region_id"), "body", ["region_id"], unique=False)
    op.create_index(op.f("ix_body_state"), "body", ["state"], unique=False)
    op.create_table(
        "ab_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(length=64), nullable=False),
        sa.Column("last_name", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=128), nullable=False),
        sa.Column("password", sa.String(length=256), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("last_login", sa.DateTime(), nullable=True),
        sa.Column("login_count", sa.Integer(), nullable=True),
        sa.Column("fail_login_count", sa.Integer(), nullable=True),
        sa.Column("created_on", sa.DateTime(), nullable=True),
        sa.Column("changed_on", sa.DateTime(), nullable=True),
        sa.Column("created_by_fk", sa.Integer(), nullable=True),
        sa.Column("changed_by_fk", sa.Integer(), nullable=True),
        sa.Column("centre_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_ab_user_body_id_body"),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name="fk_ab_user_centre_id_centre"),
        sa.ForeignKeyConstraint(
            ["changed_by_fk"], ["ab_user.id"], name=op.f("fk_ab_user_changed_by_fk_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_fk"], ["ab_user.id"], name=op.f("fk_ab_user_created_by_fk_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_user")),
        sa.UniqueConstraint("email", name=op.f("uq_ab_user_email")),
        sa.UniqueConstraint("username", name=op.f("uq_ab_user_username")),
    )
    op.create_index(op.f("ix_ab_user_body_id"), "ab_user", ["body_id"], unique=False)
    op.create_index(op.f("ix_ab_user_centre_id"), "ab_user", ["centre_id"], unique=False)
    op.create_table(
        "assessor",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("card_no", sa.String(length=40), nullable=False),
        sa.Column("id_number", sa.String(length=30), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("employer", sa.String(length=120), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_assessor_body_id_body")),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_assessor_centre_id_centre")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessor")),
        sa.UniqueConstraint("card_no", name=op.f("uq_assessor_card_no")),
    )
    op.create_index(op.f("ix_assessor_body_id"), "assessor", ["body_id"], unique=False)
    op.create_index(op.f("ix_assessor_centre_id"), "assessor", ["centre_id"], unique=False)
    op.create_index(op.f("ix_assessor_name"), "assessor", ["name"], unique=False)
    op.create_table(
        "body_scope",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("work_type_id", sa.Integer(), nullable=False),
        sa.Column("lowest_level_id", sa.Integer(), nullable=False),
        sa.Column("highest_level_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_scope_body_id_body")),
        sa.ForeignKeyConstraint(
            ["highest_level_id"], ["level.id"], name=op.f("fk_body_scope_highest_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["lowest_level_id"], ["level.id"], name=op.f("fk_body_scope_lowest_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["occupation_id"],
            ["occupation.id"],
            name=op.f("fk_body_scope_occupation_id_occupation"),
        ),
        sa.ForeignKeyConstraint(
            ["work_type_id"], ["work_type.id"], name=op.f("fk_body_scope_work_type_id_work_type")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_scope")),
        sa.UniqueConstraint(
            "body_id", "work_type_id", name=op.f("uq_body_scope_body_id_work_type_id")
        ),
    )
    op.create_index(op.f("ix_body_scope_body_id"), "body_scope", ["body_id"], unique=False)
    op.create_index(
        op.f("ix_body_scope_highest_level_id"), "body_scope", ["highest_level_id"], unique=False
    )
    op.create_index(
        op.f("ix_body_scope_lowest_level_id"), "body_scope", ["lowest_level_id"], unique=False
    )
    op.create_index(
        op.f("ix_body_scope_occupation_id"), "body_scope", ["occupation_id"], unique=False
    )
    op.create_index(
        op.f("ix_body_scope_work_type_id"), "body_scope", ["work_type_id"], unique=False
    )
    op.create_table(
        "certificate_counter",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("last_serial", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_certificate_counter_body_id_body")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["level.id"], name=op.f("fk_certificate_counter_level_id_level")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_counter")),
        sa.UniqueConstraint(
            "body_id", "year", "level_id", name=op.f("uq_certificate_counter_body_id_year_level_id")
        ),
    )
    op.create_index(
        op.f("ix_certificate_counter_body_id"), "certificate_counter", ["body_id"], unique=False
    )
    op.create_index(
        op.f("ix_certificate_counter_level_id"), "certificate_counter", ["level_id"], unique=False
    )
    op.create_table(
        "enterprise",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("city_centre_id", sa.Integer(), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["city_centre_id"], ["centre.id"], name=op.f("fk_enterprise_city_centre_id_centre")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_enterprise_region_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["registered_by_id"], ["body.id"], name=op.f("fk_enterprise_registered_by_id_body")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_enterprise_credit_code")),
        sa.UniqueConstraint("name", name=op.f("uq_enterprise_name")),
    )
    op.create_index(
        op.f("ix_enterprise_city_centre_id"), "enterprise", ["city_centre_id"], unique=False
    )
    op.create_index(op.f("ix_enterprise_region_id"), "enterprise", ["region_id"], unique=False)
    op.create_index(
        op.f("ix_enterprise_registered_by_id"), "enterprise", ["registered_by_id"], unique=False
    )
    op.create_table(
        "printing_agreement",
        sa.Column("no", sa.String(length=60), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("printer", sa.String(length=120), nullable=False),
        sa.Column("qualification", sa.String(length=120), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_printing_agreement_body_id_body")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printing_agreement")),
        sa.UniqueConstraint("no", name=op.f("uq_printing_agreement_no")),
    )
    op.create_index(
        op.f("ix_printing_agreement_body_id"), "printing_agreement", ["body_id"], unique=False
    )
    op.create_table(
        "site",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_site_body_id_body")),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_site_region_id_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_index(op.f("ix_site_body_id"), "site", ["body_id"], unique=False)
    op.create_index(op.f("ix_site_region_id"), "site", ["region_id"], unique=False)
    op.create_table(
        "supervisor",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("card_no", sa.String(length=40), nullable=False),
        sa.Column("id_number", sa.String(length=30), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("employer", sa.String(length=120), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_supervisor_body_id_body")),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_supervisor_centre_id_centre")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisor")),
        sa.UniqueConstraint("card_no", name=op.f("uq_supervisor_card_no")),
    )
    op.create_index(op.f("ix_supervisor_body_id"), "supervisor", ["body_id"], unique=False)
    op.create_index(op.f("ix_supervisor_centre_id"), "supervisor", ["centre_id"], unique=False)
    op.create_index(op.f("ix_supervisor_name"), "supervisor", ["name"], unique=False)
    op.create_table(
        "ab_api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("key_hash", sa.String(length=256), nullable=False),
        sa.Column("lookup_hash", sa.String(length=256), nullable=True),
        sa.Column("key_prefix", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_on", sa.DateTime(), nullable=True),
        sa.Column("expires_on", sa.DateTime(), nullable=True),
        sa.Column("revoked_on", sa.DateTime(), nullable=True),
        sa.Column("last_used_on", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["ab_user.id"],
            name=op.f("fk_ab_api_key_user_id_ab_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_api_key")),
        sa.UniqueConstraint("lookup_hash", name=op.f("uq_ab_api_key_lookup_hash")),
        sa.UniqueConstraint("uuid", name=op.f("uq_ab_api_key_uuid")),
    )
    op.create_index("idx_api_key_lookup_hash", "ab_api_key", ["lookup_hash"], unique=True)
    op.create_index("idx_api_key_prefix", "ab_api_key", ["key_prefix"], unique=False)
    op.create_index("idx_api_key_user_id", "ab_api_key", ["user_id"], unique=False)
    op.create_table(
        "ab_user_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["ab_group.id"],
            name=op.f("fk_ab_user_group_group_id_ab_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["ab_user.id"],
            name=op.f("fk_ab_user_group_user_id_ab_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_user_group")),
        sa.UniqueConstraint("user_id", "group_id", name=op.f("uq_ab_user_group_user_id_group_id")),
    )
    op.create_index("idx_user_group_id", "ab_user_group", ["group_id"], unique=False)
    op.create_index("idx_user_id", "ab_user_group", ["user_id"], unique=False)
    op.create_table(
        "ab_user_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["role_id"],
            ["ab_role.id"],
            name=op.f("fk_ab_user_role_role_id_ab_role"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["ab_user.id"],
            name=op.f("fk_ab_user_role_user_id_ab_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_user_role")),
        sa.UniqueConstraint("user_id", "role_id", name=op.f("uq_ab_user_role_user_id_role_id")),
    )
    op.create_table(
        "assessor_occupation",
        sa.Column("assessor_id", sa.Integer(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessor_id"],
            ["assessor.id"],
            name=op.f("fk_assessor_occupation_assessor_id_assessor"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["occupation_id"],
            ["occupation.id"],
            name=op.f("fk_assessor_occupation_occupation_id_occupation"),
        ),
        sa.PrimaryKeyConstraint(
            "assessor_id", "occupation_id", name=op.f("pk_assessor_occupation")
        ),
    )
    op.create_index(
        op.f("ix_assessor_occupation_occupation_id"),
        "assessor_occupation",
        ["occupation_id"],
        unique=False,
    )
    op.create_table(
        "commission",
        sa.Column("no", sa.String(length=40), nullable=False),
        sa.Column("letter_no", sa.String(length=60), nullable=False),
        sa.Column("letter_date", sa.Date(), nullable=True),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("promise", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_commission_body_id_body")),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_commission_centre_id_centre")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_commission_enterprise_id_enterprise"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commission")),
        sa.UniqueConstraint("no", name=op.f("uq_commission_no")),
    )
    op.create_index(op.f("ix_commission_body_id"), "commission", ["body_id"], unique=False)
    op.create_index(op.f("ix_commission_centre_id"), "commission", ["centre_id"], unique=False)
    op.create_index(
        op.f("ix_commission_enterprise_id"), "commission", ["enterprise_id"], unique=False
    )
    op.create_index(op.f("ix_commission_state"), "commission", ["state"], unique=False)
    op.create_table(
        "plan",
        sa.Column("no", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("planned_from", sa.Date(), nullable=True),
        sa.Column("planned_to", sa.Date(), nullable=True),
        sa.Column("arrangement", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("incentives", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_at_place", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_plan_body_id_body")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_plan_enterprise_id_enterprise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("no", name=op.f("uq_plan_no")),
    )
    op.create_index(op.f("ix_plan_body_id"), "plan", ["body_id"], unique=False)
    op.create_index(op.f("ix_plan_enterprise_id"), "plan", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_plan_state"), "plan", ["state"], unique=False)
    op.create_table(
        "batch",
        sa.Column("no", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("commission_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("city_centre_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("exam_date", sa.Date(), nullable=False),
        sa.Column("exam_end", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("promise_public", sa.Boolean(), nullable=False),
        sa.Column("complaint_phone", sa.String(length=40), nullable=False),
        sa.Column("roster_checked", sa.Boolean(), nullable=False),
        sa.Column("roster_approved", sa.Boolean(), nullable=False),
        sa.Column("contact", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("results_on", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("suspended_from", sa.String(length=30), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_batch_body_id_body")),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_batch_centre_id_centre")
        ),
        sa.ForeignKeyConstraint(
            ["city_centre_id"], ["centre.id"], name=op.f("fk_batch_city_centre_id_centre")
        ),
        sa.ForeignKeyConstraint(
            ["commission_id"], ["commission.id"], name=op.f("fk_batch_commission_id_commission")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_batch_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_batch_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("no", name=op.f("uq_batch_no")),
    )
    op.create_index(op.f("ix_batch_body_id"), "batch", ["body_id"], unique=False)
    op.create_index(op.f("ix_batch_centre_id"), "batch", ["centre_id"], unique=False)
    op.create_index(op.f("ix_batch_city_centre_id"), "batch", ["city_centre_id"], unique=False)
    op.create_index(op.f("ix_batch_commission_id"), "batch", ["commission_id"], unique=False)
    op.create_index(op.f("ix_batch_enterprise_id"), "batch", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_batch_plan_id"), "batch", ["plan_id"], unique=False)
    op.create_index(op.f("ix_batch_state"), "batch", ["state"], unique=False)
    op.create_table(
        "archive_file",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("carrier", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_archive_file_batch_id_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_file")),
    )
    op.create_index(op.f("ix_archive_file_batch_id"), "archive_file", ["batch_id"], unique=False)
    op.create_table(
        "candidate",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("gender", sa.String(length=10), nullable=False),
        sa.Column("document_kind", sa.String(length=10), nullable=False),
        sa.Column("id_number", sa.String(length=30), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("ethnic", sa.String(length=10), nullable=False),
        sa.Column("education", sa.String(length=10), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("employer", sa.String(length=120), nullable=False),
        sa.Column("post", sa.String(length=80), nullable=False),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("work_type_id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("current_level_id", sa.Integer(), nullable=True),
        sa.Column("current_certificate", sa.String(length=40), nullable=False),
        sa.Column("current_title", sa.String(length=80), nullable=False),
        sa.Column("current_date", sa.Date(), nullable=True),
        sa.Column("current_issuer", sa.String(length=120), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_candidate_batch_id_batch")
        ),
        sa.ForeignKeyConstraint(
            ["current_level_id"], ["level.id"], name=op.f("fk_candidate_current_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["level.id"], name=op.f("fk_candidate_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["occupation_id"], ["occupation.id"], name=op.f("fk_candidate_occupation_id_occupation")
        ),
        sa.ForeignKeyConstraint(
            ["work_type_id"], ["work_type.id"], name=op.f("fk_candidate_work_type_id_work_type")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint(
            "batch_id",
            "document_kind",
            "id_number",
            name=op.f("uq_candidate_batch_id_document_kind_id_number"),
        ),
    )
    op.create_index(op.f("ix_candidate_batch_id"), "candidate", ["batch_id"], unique=False)
    op.create_index(
        op.f("ix_candidate_current_level_id"), "candidate", ["current_level_id"], unique=False
    )
    op.create_index(op.f("ix_candidate_id_number"), "candidate", ["id_number"], unique=False)
    op.create_index(op.f("ix_candidate_level_id"), "candidate", ["level_id"], unique=False)
    op.create_index(op.f("ix_candidate_name"), "candidate", ["name"], unique=False)
    op.create_index(
        op.f("ix_candidate_occupation_id"), "candidate", ["occupation_id"], unique=False
    )
    op.create_index(op.f("ix_candidate_work_type_id"), "candidate", ["work_type_id"], unique=False)
    op.create_table(
        "certificate_segment",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("first_serial", sa.Integer(), nullable=False),
        sa.Column("last_serial", sa.Integer(), nullable=False),
        sa.Column("first_number", sa.String(length=30), nullable=False),
        sa.Column("last_number", sa.String(length=30), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_certificate_segment_batch_id_batch")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_certificate_segment_body_id_body")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["level.id"], name=op.f("fk_certificate_segment_level_id_level")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_segment")),
        sa.UniqueConstraint(
            "body_id",
            "year",
            "level_id",
            "first_serial",
            name=op.f("uq_certificate_segment_body_id_year_level_id_first_serial"),
        ),
    )
    op.create_index(
        op.f("ix_certificate_segment_batch_id"), "certificate_segment", ["batch_id"], unique=False
    )
    op.create_index(
        op.f("ix_certificate_segment_body_id"), "certificate_segment", ["body_id"], unique=False
    )
    op.create_index(
        op.f("ix_certificate_segment_level_id"), "certificate_segment", ["level_id"], unique=False
    )
    op.create_table(
        "complaint",
        sa.Column("no", sa.String(length=60), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("complainant", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_complaint_batch_id_batch")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_complaint_body_id_body")),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_complaint_centre_id_centre")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("no", name=op.f("uq_complaint_no")),
    )
    op.create_index(op.f("ix_complaint_batch_id"), "complaint", ["batch_id"], unique=False)
    op.create_index(op.f("ix_complaint_body_id"), "complaint", ["body_id"], unique=False)
    op.create_index(op.f("ix_complaint_centre_id"), "complaint", ["centre_id"], unique=False)
    op.create_index(op.f("ix_complaint_state"), "complaint", ["state"], unique=False)
    op.create_table(
        "exam_paper",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("work_type_id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("adapted", sa.Text(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["printing_agreement.id"],
            name=op.f("fk_exam_paper_agreement_id_printing_agreement"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_exam_paper_batch_id_batch")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["level.id"], name=op.f("fk_exam_paper_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["work_type_id"], ["work_type.id"], name=op.f("fk_exam_paper_work_type_id_work_type")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_paper")),
    )
    op.create_index(
        op.f("ix_exam_paper_agreement_id"), "exam_paper", ["agreement_id"], unique=False
    )
    op.create_index(op.f("ix_exam_paper_batch_id"), "exam_paper", ["batch_id"], unique=False)
    op.create_index(op.f("ix_exam_paper_level_id"), "exam_paper", ["level_id"], unique=False)
    op.create_index(
        op.f("ix_exam_paper_work_type_id"), "exam_paper", ["work_type_id"], unique=False
    )
    op.create_table(
        "exam_session",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("exam_date", sa.Date(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("work_type_id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("site_contact", sa.String(length=80), nullable=False),
        sa.Column("site_phone", sa.String(length=40), nullable=False),
        sa.Column("theory_form", sa.String(length=40), nullable=False),
        sa.Column("theory_start", sa.DateTime(), nullable=True),
        sa.Column("theory_end", sa.DateTime(), nullable=True),
        sa.Column("theory_place", sa.String(length=120), nullable=False),
        sa.Column("practical_form", sa.String(length=40), nullable=False),
        sa.Column("practical_start", sa.DateTime(), nullable=True),
        sa.Column("practical_end", sa.DateTime(), nullable=True),
        sa.Column("practical_place", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_exam_session_batch_id_batch")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["level.id"], name=op.f("fk_exam_session_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["occupation_id"],
            ["occupation.id"],
            name=op.f("fk_exam_session_occupation_id_occupation"),
        ),
        sa.ForeignKeyConstraint(
            ["work_type_id"], ["work_type.id"], name=op.f("fk_exam_session_work_type_id_work_type")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_session")),
    )
    op.create_index(op.f("ix_exam_session_batch_id"), "exam_session", ["batch_id"], unique=False)
    op.create_index(op.f("ix_exam_session_level_id"), "exam_session", ["level_id"], unique=False)
    op.create_index(
        op.f("ix_exam_session_occupation_id"), "exam_session", ["occupation_id"], unique=False
    )
    op.create_index(
        op.f("ix_exam_session_work_type_id"), "exam_session", ["work_type_id"], unique=False
    )
    op.create_table(
        "inspection",
        sa.Column("no", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("rectify_by", sa.Date(), nullable=True),
        sa.Column("rectification", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_inspection_batch_id_batch")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_inspection_centre_id_centre")
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"],
            ["supervisor.id"],
            name=op.f("fk_inspection_supervisor_id_supervisor"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
        sa.UniqueConstraint("no", name=op.f("uq_inspection_no")),
    )
    op.create_index(op.f("ix_inspection_batch_id"), "inspection", ["batch_id"], unique=False)
    op.create_index(op.f("ix_inspection_centre_id"), "inspection", ["centre_id"], unique=False)
    op.create_index(op.f("ix_inspection_state"), "inspection", ["state"], unique=False)
    op.create_index(
        op.f("ix_inspection_supervisor_id"), "inspection", ["supervisor_id"], unique=False
    )
    op.create_table(
        "publicity",
        sa.Column("no", sa.String(length=60), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_publicity_batch_id_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicity")),
        sa.UniqueConstraint("no", name=op.f("uq_publicity_no")),
    )
    op.create_index(op.f("ix_publicity_batch_id"), "publicity", ["batch_id"], unique=False)
    op.create_index(op.f("ix_publicity_state"), "publicity", ["state"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("work_type_id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("id_number", sa.String(length=30), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_certificate_batch_id_batch")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_certificate_body_id_body")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_certificate_candidate_id_candidate")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["level.id"], name=op.f("fk_certificate_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["occupation_id"],
            ["occupation.id"],
            name=op.f("fk_certificate_occupation_id_occupation"),
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"],
            ["certificate_segment.id"],
            name=op.f("fk_certificate_segment_id_certificate_segment"),
        ),
        sa.ForeignKeyConstraint(
            ["work_type_id"], ["work_type.id"], name=op.f("fk_certificate_work_type_id_work_type")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
    )
    op.create_index(op.f("ix_certificate_batch_id"), "certificate", ["batch_id"], unique=False)
    op.create_index(op.f("ix_certificate_body_id"), "certificate", ["body_id"], unique=False)
    op.create_index(
        op.f("ix_certificate_candidate_id"), "certificate", ["candidate_id"], unique=False
    )
    op.create_index(op.f("ix_certificate_level_id"), "certificate", ["level_id"], unique=False)
    op.create_index(
        op.f("ix_certificate_occupation_id"), "certificate", ["occupation_id"], unique=False
    )
    op.create_index(op.f("ix_certificate_segment_id"), "certificate", ["segment_id"], unique=False)
    op.create_index(op.f("ix_certificate_state"), "certificate", ["state"], unique=False)
    op.create_index(
        op.f("ix_certificate_work_type_id"), "certificate", ["work_type_id"], unique=False
    )
    op.create_table(
        "material",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_material_batch_id_batch")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_material_candidate_id_candidate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material")),
    )
    op.create_index(op.f("ix_material_batch_id"), "material", ["batch_id"], unique=False)
    op.create_index(op.f("ix_material_candidate_id"), "material", ["candidate_id"], unique=False)
    op.create_table(
        "objection",
        sa.Column("no", sa.String(length=60), nullable=False),
        sa.Column("publicity_id", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_by", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publicity_id"], ["publicity.id"], name=op.f("fk_objection_publicity_id_publicity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("no", name=op.f("uq_objection_no")),
    )
    op.create_index(op.f("ix_objection_publicity_id"), "objection", ["publicity_id"], unique=False)
    op.create_index(op.f("ix_objection_state"), "objection", ["state"], unique=False)
    op.create_table(
        "score",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("theory", sa.Numeric(precision=4, scale=1), nullable=True),
        sa.Column("theory_state", sa.String(length=10), nullable=False),
        sa.Column("practical", sa.Numeric(precision=4, scale=1), nullable=True),
        sa.Column("practical_state", sa.String(length=10), nullable=False),
        sa.Column("review", sa.Numeric(precision=4, scale=1), nullable=True),
        sa.Column("review_state", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_score_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_score_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint("candidate_id", name=op.f("uq_score_candidate_id")),
    )
    op.create_index(op.f("ix_score_batch_id"), "score", ["batch_id"], unique=False)
    op.create_index(op.f("ix_score_candidate_id"), "score", ["candidate_id"], unique=False)
    op.create_table(
        "session_assessor",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("assessor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessor_id"], ["assessor.id"], name=op.f("fk_session_assessor_assessor_id_assessor")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["exam_session.id"],
            name=op.f("fk_session_assessor_session_id_exam_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "assessor_id", name=op.f("pk_session_assessor")),
    )
    op.create_index(
        op.f("ix_session_assessor_assessor_id"), "session_assessor", ["assessor_id"], unique=False
    )
    op.create_table(
        "session_supervisor",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["exam_session.id"],
            name=op.f("fk_session_supervisor_session_id_exam_session"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"],
            ["supervisor.id"],
            name=op.f("fk_session_supervisor_supervisor_id_supervisor"),
        ),
        sa.PrimaryKeyConstraint("session_id", "supervisor_id", name=op.f("pk_session_supervisor")),
    )
    op.create_index(
        op.f("ix_session_supervisor_supervisor_id"),
        "session_supervisor",
        ["supervisor_id"],
        unique=False,
    )
    op.create_table(
        "work_history",
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("started", sa.String(length=20), nullable=False),
        sa.Column("ended", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("witness", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_work_history_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_history")),
    )
    op.create_index(
        op.f("ix_work_history_candidate_id"), "work_history", ["candidate_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_work_history_candidate_id"), table_name="work_history")
    op.drop_table("work_history")
    op.drop_index(op.f("ix_session_supervisor_supervisor_id"), table_name="session_supervisor")
    op.drop_table("session_supervisor")
    op.drop_index(op.f("ix_session_assessor_assessor_id"), table_name="session_assessor")
    op.drop_table("session_assessor")
    op.drop_index(op.f("ix_score_candidate_id"), table_name="score")
    op.drop_index(op.f("ix_score_batch_id"), table_name="score")
    op.drop_table("score")
    op.drop_index(op.f("ix_objection_state"), table_name="objection")
    op.drop_index(op.f("ix_objection_publicity_id"), table_name="objection")
    op.drop_table("objection")
    op.drop_index(op.f("ix_material_candidate_id"), table_name="material")
    op.drop_index(op.f("ix_material_batch_id"), table_name="material")
    op.drop_table("material")
    op.drop_index(op.f("ix_certificate_work_type_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_state"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_segment_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_occupation_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_level_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_candidate_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_body_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_batch_id"), table_name="certificate")
    op.drop_table("certificate")
    op.drop_index(op.f("ix_publicity_state"), table_name="publicity")
    op.drop_index(op.f("ix_publicity_batch_id"), table_name="publicity")
    op.drop_table("publicity")
    op.drop_index(op.f("ix_inspection_supervisor_id"), table_name="inspection")
    op.drop_index(op.f("ix_inspection_state"), table_name="inspection")
    op.drop_index(op.f("ix_inspection_centre_id"), table_name="inspection")
    op.drop_index(op.f("ix_inspection_batch_id"), table_name="inspection")
    op.drop_table("inspection")
    op.drop_index(op.f("ix_exam_session_work_type_id"), table_name="exam_session")
    op.drop_index(op.f("ix_exam_session_occupation_id"), table_name="exam_session")
    op.drop_index(op.f("ix_exam_session_level_id"), table_name="exam_session")
    op.drop_index(op.f("ix_exam_session_batch_id"), table_name="exam_session")
    op.drop_table("exam_session")
    op.drop_index(op.f("ix_exam_paper_work_type_id"), table_name="exam_paper")
    op.drop_index(op.f("ix_exam_paper_level_id"), table_name="exam_paper")
    op.drop_index(op.f("ix_exam_paper_batch_id"), table_name="exam_paper")
    op.drop_index(op.f("ix_exam_paper_agreement_id"), table_name="exam_paper")
    op.drop_table("exam_paper")
    op.drop_index(op.f("ix_complaint_state"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_centre_id"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_body_id"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_batch_id"), table_name="complaint")
    op.drop_table("complaint")
    op.drop_index(op.f("ix_certificate_segment_level_id"), table_name="certificate_segment")
    op.drop_index(op.f("ix_certificate_segment_body_id"), table_name="certificate_segment")
    op.drop_index(op.f("ix_certificate_segment_batch_id"), table_name="certificate_segment")
    op.drop_table("certificate_segment")
    op.drop_index(op.f("ix_candidate_work_type_id"), table_name="candidate")
    op.drop_index(op.f("ix_candidate_occupation_id"), table_name="candidate")
    op.drop_index(op.f("ix_candidate_name"), table_name="candidate")
    op.drop_index(op.f("ix_candidate_level_id"), table_name="candidate")
    op.drop_index(op.f("ix_candidate_id_number"), table_name="candidate")
    op.drop_index(op.f("ix_candidate_current_level_id"), table_name="candidate")
    op.drop_index(op.f("ix_candidate_batch_id"), table_name="candidate")
    op.drop_table("candidate")
    op.drop_index(op.f("ix_archive_file_batch_id"), table_name="archive_file")
    op.drop_table("archive_file")
    op.drop_index(op.f("ix_batch_state"), table_name="batch")
    op.drop_index(op.f("ix_batch_plan_id"), table_name="batch")
    op.drop_index(op.f("ix_batch_enterprise_id"), table_name="batch")
    op.drop_index(op.f("ix_batch_commission_id"), table_name="batch")
    op.drop_index(op.f("ix_batch_city_centre_id"), table_name="batch")
    op.drop_index(op.f("ix_batch_centre_id"), table_name="batch")
    op.drop_index(op.f("ix_batch_body_id"), table_name="batch")
    op.drop_table("batch")
    op.drop_index(op.f("ix_plan_state"), table_name="plan")
    op.drop_index(op.f("ix_plan_enterprise_id"), table_name="plan")
    op.drop_index(op.f("ix_plan_body_id"), table_name="plan")
    op.drop_table("plan")
    op.drop_index(op.f("ix_commission_state"), table_name="commission")
    op.drop_index(op.f("ix_commission_enterprise_id"), table_name="commission")
    op.drop_index(op.f("ix_commission_centre_id"), table_name="commission")
    op.drop_index(op.f("ix_commission_body_id"), table_name="commission")
    op.drop_table("commission")
    op.drop_index(op.f("ix_assessor_occupation_occupation_id"), table_name="assessor_occupation")
    op.drop_table("assessor_occupation")
    op.drop_table("ab_user_role")
    op.drop_index("idx_user_id", table_name="ab_user_group")
    op.drop_index("idx_user_group_id", table_name="ab_user_group")
    op.drop_table("ab_user_group")
    op.drop_index("idx_api_key_user_id", table_name="ab_api_key")
    op.drop_index("idx_api_key_prefix", table_name="ab_api_key")
    op.drop_index("idx_api_key_lookup_hash", table_name="ab_api_key")
    op.drop_table("ab_api_key")
    op.drop_index(op.f("ix_supervisor_name"), table_name="supervisor")
    op.drop_index(op.f("ix_supervisor_centre_id"), table_name="supervisor")
    op.drop_index(op.f("ix_supervisor_body_id"), table_name="supervisor")
    op.drop_table("supervisor")
    op.drop_index(op.f("ix_site_region_id"), table_name="site")
    op.drop_index(op.f("ix_site_body_id"), table_name="site")
    op.drop_table("site")
    op.drop_index(op.f("ix_printing_agreement_body_id"), table_name="printing_agreement")
    op.drop_table("printing_agreement")
    op.drop_index(op.f("ix_enterprise_registered_by_id"), table_name="enterprise")
    op.drop_index(op.f("ix_enterprise_region_id"), table_name="enterprise")
    op.drop_index(op.f("ix_enterprise_city_centre_id"), table_name="enterprise")
    op.drop_table("enterprise")
    op.drop_index(op.f("ix_certificate_counter_level_id"), table_name="certificate_counter")
    op.drop_index(op.f("ix_certificate_counter_body_id"), table_name="certificate_counter")
    op.drop_table("certificate_counter")
    op.drop_index(op.f("ix_body_scope_work_type_id"), table_name="body_scope")
    op.drop_index(op.f("ix_body_scope_occupation_id"), table_name="body_scope")
    op.drop_index(op.f("ix_body_scope_lowest_level_id"), table_name="body_scope")
    op.drop_index(op.f("ix_body_scope_highest_level_id"), table_name="body_scope")
    op.drop_index(op.f("ix_body_scope_body_id"), table_name="body_scope")
    op.drop_table("body_scope")
    op.drop_index(op.f("ix_assessor_name"), table_name="assessor")
    op.drop_index(op.f("ix_assessor_centre_id"), table_name="assessor")
    op.drop_index(op.f("ix_assessor_body_id"), table_name="assessor")
    op.drop_table("assessor")
    op.drop_index(op.f("ix_ab_user_centre_id"), table_name="ab_user")
    op.drop_index(op.f("ix_ab_user_body_id"), table_name="ab_user")
    op.drop_table("ab_user")
    op.drop_index(op.f("ix_body_state"), table_name="body")
    op.drop_index(op.f("ix_body_region_id"), table_name="body")
    op.drop_index(op.f("ix_body_name"), table_name="body")
    op.drop_index(op.f("ix_body_city_centre_id"), table_name="body")
    op.drop_index(op.f("ix_body_centre_id"), table_name="body")
    op.drop_table("body")
    op.drop_index("idx_role_id", table_name="ab_permission_view_role")
    op.drop_index("idx_permission_view_id", table_name="ab_permission_view_role")
    op.drop_table("ab_permission_view_role")
    op.drop_index(op.f("ix_work_type_occupation_id"), table_name="work_type")
    op.drop_index(op.f("ix_work_type_name"), table_name="work_type")
    op.drop_table("work_type")
    op.drop_index(op.f("ix_code_item_kind_id"), table_name="code_item")
    op.drop_table("code_item")
    op.drop_index(op.f("ix_centre_region_id"), table_name="centre")
    op.drop_table("centre")
    op.drop_index("idx_view_menu_id", table_name="ab_permission_view")
    op.drop_index("idx_permission_id", table_name="ab_permission_view")
    op.drop_table("ab_permission_view")
    op.drop_index("idx_group_role_id", table_name="ab_group_role")
    op.drop_index("idx_group_id", table_name="ab_group_role")
    op.drop_table("ab_group_role")
    op.drop_table("workday_override")
    op.drop_index("ix_step_record", table_name="step")
    op.drop_table("step")
    op.drop_index(op.f("ix_region_name"), table_name="region")
    op.drop_table("region")
    op.drop_index(op.f("ix_occupation_name"), table_name="occupation")
    op.drop_table("occupation")
    op.drop_table("number_counter")
    op.drop_table("level")
    op.drop_index(op.f("ix_import_run_batch_id"), table_name="import_run")
    op.drop_table("import_run")
    op.drop_table("heading_memory")
    op.drop_table("code_kind")
    op.drop_index("ix_change_record", table_name="change")
    op.drop_index(op.f("ix_change_operation"), table_name="change")
    op.drop_table("change")
    op.drop_table("calendar_year")
    op.drop_table("ab_view_menu")
    op.drop_table("ab_role")
    op.drop_table("ab_register_user")
    op.drop_table("ab_permission")
    op.drop_table("ab_group")
