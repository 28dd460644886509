"""Which background jobs exist, how far are they, and what was their result?"""

from __future__ import annotations

from datetime import datetime

from flask_appbuilder.models.sqla import Model
from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column


class Job(Model):
    """A background job that somebody asked for; its file is kept for a few days.

    ``state`` is waiting, running, done, failed or cancelled; ``done`` of ``total`` steps are
    finished. ``size`` of the file is in bytes. ``place`` is a digest of the person's place and
    roles. A running job is held by ``owner``, a server process, for the ``attempt``-th time, until
    ``leased_until`` unless the lease is renewed.
    """

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), nullable=False)
    detail: Mapped[str] = mapped_column(Text, nullable=False, default="")
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)
    title: Mapped[str] = mapped_column(String(160), nullable=False)
    actor_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    place: Mapped[str] = mapped_column(String(64), nullable=False, default="")
    state: Mapped[str] = mapped_column(String(10), nullable=False, default="waiting", index=True)
    owner: Mapped[str] = mapped_column(String(32), nullable=False, default="")
    attempt: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    leased_until: Mapped[datetime | None] = mapped_column(DateTime)
    done: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    total: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    message: Mapped[str] = mapped_column(Text, nullable=False, default="")
    filename: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    size: Mapped[int] = mapped_column(BigInteger, nullable=False, default=0)
    asked_at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime)


class JobPart(Model):
    """A part of a job's file, which as a whole may exceed the size of one database value.

    Parts of earlier attempts than the job's present one are obsolete.
    """

    __tablename__ = "job_part"
    __table_args__ = (UniqueConstraint("job_id", "attempt", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), nullable=False)
    attempt: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)
