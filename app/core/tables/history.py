"""Who did what, in moves of procedures and changes of records?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, DateTime, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column


class Step(Model):
    """One step of a procedure: who, when, from, to, note. Never changed or deleted."""

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

    Several neighbouring records may share a row, see ``app.core.tables.packed``. Then
    ``record_id`` is the negative number of their shelf and ``lines`` the number of changes.
    """

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_record", "entity", "record_id"),
        # Deletions are few, and are searched for among all changes.
        Index("ix_change_kind", "kind", "id"),
        # Allows counting lines without reading the rows.
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
