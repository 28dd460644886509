"""Which workbooks were uploaded, and how do their senders head their columns?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, Date, DateTime, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column


class ImportRun(Model):
    """One uploaded workbook, from preview to acceptance and withdrawal.

    ``parent_entity`` and ``parent_id`` name the record that it belongs to, if any, ``place_kind``
    and ``place_id`` the sender's place. ``parents`` are the records that its rows belong to.
    ``operation`` links its changes in the history.
    """

    __tablename__ = "import_run"
    __table_args__ = (Index("ix_import_run_parent", "parent_entity", "parent_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    parent_entity: Mapped[str | None] = mapped_column(String(40))
    parent_id: Mapped[int | None] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20), nullable=False)
    entity: Mapped[str] = mapped_column(String(40), nullable=False, default="", index=True)
    place_kind: Mapped[str | None] = mapped_column(String(20))
    place_id: Mapped[int | None] = mapped_column(Integer)
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
    """The field that a sender means by a heading, as assigned in a preview.

    ``sender`` distinguishes senders by kind of sheet, such as ``body:3/enterprise:7``.
    """

    __tablename__ = "heading_memory"
    __table_args__ = (UniqueConstraint("sender", "kind", "heading"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    sender: Mapped[str] = mapped_column(String(80), nullable=False)
    kind: Mapped[str] = mapped_column(String(40), nullable=False)
    heading: Mapped[str] = mapped_column(String(120), nullable=False)
    field: Mapped[str] = mapped_column(String(40), nullable=False)
    learnt_on: Mapped[date | None] = mapped_column(Date)
