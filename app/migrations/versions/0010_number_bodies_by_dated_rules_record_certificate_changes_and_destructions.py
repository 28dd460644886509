"""Number bodies by dated rules; record certificate changes and destructions.

What a body's registration said of its numbers becomes its first row, in force from the first day of
its registration. A body that has used two rules by then cannot go back: its segments would collide.

Revision 0010, after 0009; 2026-11-24.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

#: Where SQLite copies a table, it would forget that keys are never given again.
KEEP_COUNTING = {"sqlite_autoincrement": True}

LETTERS = {"employer": "Y", "trainer": "S", "school": "J"}

#: Going back, a body gets the parts of its latest row under the rule of 22 characters.
LATEST = """
    UPDATE body SET {column} = (
      SELECT {part} FROM body_number_rule
      WHERE body_number_rule.body_id = body.id AND body_number_rule.rule = '22'
      ORDER BY since DESC LIMIT 1
    )
    WHERE id IN (SELECT body_id FROM body_number_rule WHERE rule = '22')
"""


def upgrade() -> None:
    op.create_table(
        "body_number_rule",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("letters", sa.String(length=3), nullable=False),
        sa.Column("filing", sa.String(length=4), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=False),
        sa.Column("serial", sa.String(length=6), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_body_number_rule_body_id_body")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_number_rule")),
        sa.UniqueConstraint("body_id", "since", name=op.f("uq_body_number_rule_body_id_since")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("body_number_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_body_number_rule_body_id"), ["body_id"], unique=False)

    op.create_table(
        "destruction",
        sa.Column("no", sa.String(length=40), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("witnesses", sa.String(length=120), nullable=False),
        sa.Column("destroyed_on", sa.Date(), nullable=True),
        sa.Column("applied_by", sa.String(length=80), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.String(length=80), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("carried_out_by", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_destruction_body_id_body")),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_destruction_centre_id_centre")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction")),
        sa.UniqueConstraint("no", name=op.f("uq_destruction_no")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("destruction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_destruction_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_destruction_centre_id"), ["centre_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_destruction_state"), ["state"], unique=False)

    op.create_table(
        "destruction_file",
        sa.Column("destruction_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["destruction_id"],
            ["destruction.id"],
            name=op.f("fk_destruction_file_destruction_id_destruction"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["archive_file.id"], name=op.f("fk_destruction_file_file_id_archive_file")
        ),
        sa.PrimaryKeyConstraint("destruction_id", "file_id", name=op.f("pk_destruction_file")),
    )
    with op.batch_alter_table("destruction_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_destruction_file_file_id"), ["file_id"], unique=False)

    op.create_table(
        "certificate_change",
        sa.Column("no", sa.String(length=40), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("new_holder", sa.String(length=80), nullable=False),
        sa.Column("new_gender", sa.String(length=10), nullable=False),
        sa.Column("new_document_kind", sa.String(length=10), nullable=False),
        sa.Column("new_id_number", sa.String(length=30), nullable=False),
        sa.Column("new_occupation_id", sa.Integer(), nullable=True),
        sa.Column("new_work_type_id", sa.Integer(), nullable=True),
        sa.Column("old_holder", sa.String(length=80), nullable=False),
        sa.Column("old_gender", sa.String(length=10), nullable=False),
        sa.Column("old_document_kind", sa.String(length=10), nullable=False),
        sa.Column("old_id_number", sa.String(length=30), nullable=False),
        sa.Column("old_occupation_id", sa.Integer(), nullable=True),
        sa.Column("old_work_type_id", sa.Integer(), nullable=True),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("applied_by", sa.String(length=80), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.String(length=80), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_certificate_change_batch_id_batch")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_certificate_change_centre_id_centre")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_change_certificate_id_certificate"),
        ),
        sa.ForeignKeyConstraint(
            ["new_occupation_id"],
            ["occupation.id"],
            name=op.f("fk_certificate_change_new_occupation_id_occupation"),
        ),
        sa.ForeignKeyConstraint(
            ["new_work_type_id"],
            ["work_type.id"],
            name=op.f("fk_certificate_change_new_work_type_id_work_type"),
        ),
        sa.ForeignKeyConstraint(
            ["old_occupation_id"],
            ["occupation.id"],
            name=op.f("fk_certificate_change_old_occupation_id_occupation"),
        ),
        sa.ForeignKeyConstraint(
            ["old_work_type_id"],
            ["work_type.id"],
            name=op.f("fk_certificate_change_old_work_type_id_work_type"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_change")),
        sa.UniqueConstraint("no", name=op.f("uq_certificate_change_no")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("certificate_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_change_batch_id"), ["batch_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_certificate_change_centre_id"), ["centre_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_certificate_change_certificate_id"), ["certificate_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_certificate_change_new_occupation_id"),
            ["new_occupation_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_certificate_change_new_work_type_id"), ["new_work_type_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_certificate_change_old_occupation_id"),
            ["old_occupation_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_certificate_change_old_work_type_id"), ["old_work_type_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_certificate_change_state"), ["state"], unique=False)

    with op.batch_alter_table("archive_file", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("state", sa.String(length=30), server_default="kept", nullable=False)
        )
        batch_op.add_column(sa.Column("destroyed_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_archive_file_state"), ["state"], unique=False)

    _fill()
    with op.batch_alter_table("body", schema=None, table_kwargs=KEEP_COUNTING) as batch_op:
        batch_op.drop_column("number_prefix")
        batch_op.drop_column("number_serial")

    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reissued_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("reissue_count", sa.Integer(), server_default="0", nullable=False)
        )

    with op.batch_alter_table(
        "certificate_counter", schema=None, table_kwargs=KEEP_COUNTING
    ) as batch_op:
        batch_op.add_column(
            sa.Column("rule", sa.String(length=20), server_default="22", nullable=False)
        )
        batch_op.drop_constraint(
            batch_op.f("uq_certificate_counter_body_id_year_level_id"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_certificate_counter_body_id_rule_year_level_id"),
            ["body_id", "rule", "year", "level_id"],
        )

    with op.batch_alter_table(
        "certificate_segment", schema=None, table_kwargs=KEEP_COUNTING
    ) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_certificate_segment_body_id_year_level_id_first_serial"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_certificate_segment_body_id_rule_year_level_id_first_serial"),
            ["body_id", "rule", "year", "level_id", "first_serial"],
        )

    with op.batch_alter_table("material", schema=None) as batch_op:
        batch_op.add_column(sa.Column("destroyed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("material", schema=None, table_kwargs=KEEP_COUNTING) as batch_op:
        batch_op.drop_column("destroyed_on")

    with op.batch_alter_table(
        "certificate_segment", schema=None, table_kwargs=KEEP_COUNTING
    ) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_certificate_segment_body_id_rule_year_level_id_first_serial"),
            type_="unique",
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_certificate_segment_body_id_year_level_id_first_serial"),
            ["body_id", "year", "level_id", "first_serial"],
        )

    with op.batch_alter_table(
        "certificate_counter", schema=None, table_kwargs=KEEP_COUNTING
    ) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_certificate_counter_body_id_rule_year_level_id"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_certificate_counter_body_id_year_level_id"),
            ["body_id", "year", "level_id"],
        )
        batch_op.drop_column("rule")

    with op.batch_alter_table("certificate", schema=None, table_kwargs=KEEP_COUNTING) as batch_op:
        batch_op.drop_column("reissue_count")
        batch_op.drop_column("reissued_on")

    with op.batch_alter_table("body", schema=None, table_kwargs=KEEP_COUNTING) as batch_op:
        batch_op.add_column(_text("number_prefix", 4, "0000"))
        batch_op.add_column(_text("number_serial", 6, "000000"))
    for column, part in (("number_prefix", "filing"), ("number_serial", "serial")):
        op.execute(LATEST.format(column=column, part=part))

    with op.batch_alter_table("archive_file", schema=None, table_kwargs=KEEP_COUNTING) as batch_op:
        batch_op.drop_index(batch_op.f("ix_archive_file_state"))
        batch_op.drop_column("destroyed_on")
        batch_op.drop_column("state")

    op.drop_table("certificate_change")
    op.drop_table("destruction_file")
    op.drop_table("destruction")
    op.drop_table("body_number_rule")


def _text(name: str, length: int, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default=default)


def _fill() -> None:
    """The first row of every body that had a serial, or has certificates without one."""
    if op.get_context().as_sql:
        return
    connection, settings = op.get_bind(), current_app.config
    texts = ("kind", "number_prefix", "number_serial")
    body = sa.table(
        "body",
        sa.column("id"),
        *[sa.column(name) for name in texts],
        sa.column("valid_from", sa.Date),
    )
    certificate = sa.table("certificate", sa.column("body_id"), sa.column("issued_on", sa.Date))
    first = dict(
        connection.execute(
            sa.select(certificate.c.body_id, sa.func.min(certificate.c.issued_on)).group_by(
                certificate.c.body_id
            )
        ).all()
    )
    letters = {**LETTERS, **settings.get("CERTIFICATE_LETTERS", {})}
    rows = [
        {
            "body_id": row.id,
            "rule": "22",
            "since": min(row.valid_from, first.get(row.id, row.valid_from)),
            "letters": letters.get(row.kind, ""),
            "filing": row.number_prefix,
            "region": str(settings.get("PROVINCE_CODE", "13")),
            "serial": row.number_serial,
            "remark": "",
            "version": 1,
        }
        for row in connection.execute(sa.select(body))
        if row.number_serial.strip("0") or row.id in first
    ]
    made = sa.table(
        "body_number_rule",
        *[sa.column(name) for name in ("body_id", "rule", "letters", "filing", "region", "serial")],
        *[sa.column(name) for name in ("remark", "version")],
        sa.column("since", sa.Date),
    )
    if rows:
        connection.execute(sa.insert(made), rows)
