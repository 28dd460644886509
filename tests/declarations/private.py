"""Which tables are declared for a test alone? A register of their own, told to nobody else."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Private(DeclarativeBase):
    """Tables outside the product."""

    __area__: ClassVar[str] = "filing"
    __label__: ClassVar[str] = "记录"


def key_to(table: str, *, optional: bool = False) -> Any:
    return mapped_column(ForeignKey(f"{table}.id"), nullable=optional)


class Body(Private):
    """Known by its name as a table with a procedure."""

    __tablename__ = "body"
    __label__ = "评价机构"

    id: Mapped[int] = mapped_column(primary_key=True)


class Batch(Private):
    """So is this one."""

    __tablename__ = "batch"
    __label__ = "认定批次"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = key_to("body")
    body: Mapped[Body] = relationship()


class Level(Private):
    """Reference data."""

    __tablename__ = "level"
    __area__ = "reference"

    id: Mapped[int] = mapped_column(primary_key=True)


class Person(Private):
    """Hangs on a batch, and may follow an earlier person."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = relationship()
    level_id: Mapped[int] = key_to("level")
    level: Mapped[Level] = relationship()
    before_id: Mapped[int | None] = key_to("person", optional=True)
    before: Mapped[Person | None] = relationship(remote_side="Person.id")


class Paper(Private):
    """Belongs to a body that may be another one's."""

    __tablename__ = "paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = key_to("body")
    body: Mapped[Body] = relationship()


class Visit(Private):
    """Links to parents that must belong together."""

    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = relationship()
    person_id: Mapped[int | None] = key_to("person", optional=True)
    person: Mapped[Person | None] = relationship()
    level_id: Mapped[int] = key_to("level")
    level: Mapped[Level] = relationship()
    paper_id: Mapped[int | None] = key_to("paper", optional=True)
    paper: Mapped[Paper | None] = relationship()
