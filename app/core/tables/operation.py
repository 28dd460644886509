"""Which acts over many rows were done or are being prepared, and what is left of the deleted?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, DateTime, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column


class Operation(Model):
    """One act over many rows; ``name`` links its lines of history.

    ``undoes`` names the operation that it took back, ``undone_by`` the one that took it back.
    """

    __tablename__ = "operation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(40), nullable=False, unique=True)
    kind: Mapped[str] = mapped_column(String(20), nullable=False)
    detail: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    entity: Mapped[str] = mapped_column(String(40), nullable=False)
    count: Mapped[int] = mapped_column(Integer, nullable=False)
    undoes: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    undone_by: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    actor_id: Mapped[int | None] = mapped_column(Integer)
    actor_name: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)


class StagedEdit(Model):
    """A bulk edit between its preview and its confirmation: which rows, as they were, and what for.

    ``versions`` pairs each row's key with the version that was shown; ``asked`` is what was filled
    in, as the form was posted.
    """

    __tablename__ = "staged_edit"
    __table_args__ = (Index("ix_staged_edit_made_at", "made_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entity: Mapped[str] = mapped_column(String(40), nullable=False)
    actor_id: Mapped[int] = mapped_column(Integer, nullable=False)
    versions: Mapped[list[list[int]]] = mapped_column(JSON, nullable=False)
    asked: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    made_at: Mapped[datetime] = mapped_column(DateTime, nullable=False)


class Remains(Model):
    """What a line of history cannot hold of a deleted row: the bytes of its file."""

    __tablename__ = "remains"
    __table_args__ = (Index("ix_remains_record", "entity", "record_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entity: Mapped[str] = mapped_column(String(40), nullable=False)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)
    column: Mapped[str] = mapped_column(String(40), nullable=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True)
