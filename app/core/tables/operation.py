"""Which bulk operations were done or prepared, and which files were deleted with rows?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, DateTime, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column


class Operation(Model):
    """A bulk operation; ``name`` links it to its lines of history.

    ``undoes`` names the operation that it undid, ``undone_by`` the one that undid it.
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
    """A bulk edit between preview and confirmation.

    ``versions`` are pairs of each row's key and the version that was shown. ``asked`` is the
    input of the form, as it was posted.
    """

    __tablename__ = "staged_edit"
    __table_args__ = (Index("ix_staged_edit_made_at", "made_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entity: Mapped[str] = mapped_column(String(40), nullable=False)
    actor_id: Mapped[int] = mapped_column(Integer, nullable=False)
    versions: Mapped[list[list[int]]] = mapped_column(JSON, nullable=False)
    asked: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    made_at: Mapped[datetime] = mapped_column(DateTime, nullable=False)


class FileVersion(Model):
    """A file that another one replaced, or that went with its row after it was examined.

    It stood in the row ``record_id`` from ``since`` until ``until``, when ``actor_name`` replaced
    it for ``reason``. ``holder_id`` is the record with which it was examined, and ``about`` what
    the row said of it: field → plain value.
    """

    __tablename__ = "file_version"
    __table_args__ = (
        Index("ix_file_version_record", "entity", "record_id"),
        Index("ix_file_version_holder", "entity", "holder_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entity: Mapped[str] = mapped_column(String(40), nullable=False)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)
    holder_id: Mapped[int | None] = mapped_column(Integer)
    about: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    filename: Mapped[str] = mapped_column(String(200), nullable=False)
    size: Mapped[int] = mapped_column(Integer, nullable=False)
    digest: Mapped[str] = mapped_column(String(64), nullable=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True)
    since: Mapped[datetime | None] = mapped_column(DateTime)
    until: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    actor_id: Mapped[int | None] = mapped_column(Integer)
    actor_name: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    reason: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    destroyed_at: Mapped[datetime | None] = mapped_column(DateTime)


class Remains(Model):
    """The content of a deleted row's file, which its line of history cannot hold."""

    __tablename__ = "remains"
    __table_args__ = (Index("ix_remains_record", "entity", "record_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entity: Mapped[str] = mapped_column(String(40), nullable=False)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)
    column: Mapped[str] = mapped_column(String(40), nullable=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True)
