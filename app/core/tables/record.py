"""Who did what, and what is under way? Steps, changes, staged imports, remembered headings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import (
    JSON,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column


class Step(Model):
    """One step of a procedure: who, when, from, to, note. Never changed, never deleted."""

    __tablename__ = "step"
    __table_args__ = (Index("ix_step_record", "entity", "record_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entity: Mapped[str] = mapped_column(String(40), nullable=False)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)
    move: Mapped[str] = mapped_column(String(40), nullable=False)
    source: Mapped[str] = mapped_column(String(30), nullable=False)
    target: Mapped[str] = mapped_column(String(30), nullable=False)
    actor_id: Mapped[int | None] = mapped_column(Integer)
    actor_name: Mapped[str] = mapped_column(String(80), nullable=False)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    note: Mapped[str] = mapped_column(Text, nullable=False, default="")


class Change(Model):
    """One change of one record: field → [before, after]; written in the same transaction.

    Or those of many neighbouring records, as ``app.core.tables.packed`` writes and reads them: then
    ``record_id`` is a shelf's number below 0, ``lines`` says how many share the row.
    """

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_record", "entity", "record_id"),
        # Deletions are few and looked for among all changes.
        Index("ix_change_kind", "kind", "id"),
        # To count lines without reading the rows.
        Index(
            "ix_change_lines",
            "lines",
            sqlite_where=text("lines > 1"),
            postgresql_where=text("lines > 1"),
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entity: Mapped[str] = mapped_column(String(40), nullable=False)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)
    kind: Mapped[str] = mapped_column(String(10), nullable=False)
    title: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    source: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    operation: Mapped[str] = mapped_column(String(40), nullable=False, default="", index=True)
    actor_id: Mapped[int | None] = mapped_column(Integer)
    actor_name: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    lines: Mapped[int] = mapped_column(Integer, nullable=False, default=1, server_default="1")
    titles: Mapped[str | None] = mapped_column(Text)
    packed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class ImportRun(Model):
    """One uploaded workbook from upload to acceptance, and what became of it later.

    It belongs to a batch, or to the body or centre of whoever sent it in; ``parents`` are the
    records that its rows hang on, ``operation`` links what it wrote in the history.
    """

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    batch_id: Mapped[int | None] = mapped_column(Integer, index=True)
    kind: Mapped[str] = mapped_column(String(20), nullable=False)
    entity: Mapped[str] = mapped_column(String(40), nullable=False, default="", index=True)
    body_id: Mapped[int | None] = mapped_column(Integer)
    centre_id: Mapped[int | None] = mapped_column(Integer)
    parents: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    filename: Mapped[str] = mapped_column(String(200), nullable=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True)
    digest: Mapped[str] = mapped_column(String(64), nullable=False)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    state: Mapped[str] = mapped_column(String(20), nullable=False, default="staged")
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    actor_id: Mapped[int | None] = mapped_column(Integer)
    actor_name: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    accepted_at: Mapped[datetime | None] = mapped_column(DateTime)
    operation: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime)
    withdrawn_by: Mapped[str] = mapped_column(String(80), nullable=False, default="")


class HeadingMemory(Model):
    """How an enterprise (0 for a body's own staff) writes a heading, learnt from a preview."""

    __tablename__ = "heading_memory"
    __table_args__ = (UniqueConstraint("body_id", "enterprise_id", "kind", "heading"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    body_id: Mapped[int] = mapped_column(Integer, nullable=False)
    enterprise_id: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    kind: Mapped[str] = mapped_column(String(40), nullable=False)
    heading: Mapped[str] = mapped_column(String(120), nullable=False)
    field: Mapped[str] = mapped_column(String(40), nullable=False)
    learnt_on: Mapped[date | None] = mapped_column(Date)


class NumberCounter(Model):
    """The last running number given under a prefix, such as DEMO-2021."""

    __tablename__ = "number_counter"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    prefix: Mapped[str] = mapped_column(String(60), nullable=False, unique=True)
    last: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
