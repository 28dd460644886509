"""How does a person use a list: selected rows, saved views, layout?"""

from __future__ import annotations

from datetime import datetime

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, Boolean, DateTime, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column


class Selection(Model):
    """The rows of a list that one person selected, kept while an act on them is prepared."""

    __tablename__ = "selection"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entity: Mapped[str] = mapped_column(String(40), nullable=False)
    actor_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    keys: Mapped[list[int]] = mapped_column(JSON, nullable=False)
    made_at: Mapped[datetime] = mapped_column(DateTime, nullable=False, index=True)


class SavedView(Model):
    """A saved view of a list: conditions, order, columns and page size as a query string.

    ``role`` is empty for a private view. ``place_kind`` and ``place_key`` limit a shared view to
    people around a place (empty: everyone with the role). With ``leads`` the list opens with it
    for the role.
    """

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entity: Mapped[str] = mapped_column(String(40), nullable=False, index=True)
    name: Mapped[str] = mapped_column(String(30), nullable=False)
    query: Mapped[str] = mapped_column(Text, nullable=False, default="")
    owner_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    owner_name: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    role: Mapped[str] = mapped_column(String(30), nullable=False, default="")
    place_kind: Mapped[str] = mapped_column(String(20), nullable=False, default="")
    place_key: Mapped[int | None] = mapped_column(Integer)
    leads: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    changed_at: Mapped[datetime] = mapped_column(DateTime, nullable=False)


class ListLayout(Model):
    """One person's layout of a table's list: columns, page size and first view.

    ``first_view`` is None if the role decides, and 0 for the list without a view.
    """

    __tablename__ = "list_layout"
    __table_args__ = (UniqueConstraint("actor_id", "entity"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entity: Mapped[str] = mapped_column(String(40), nullable=False)
    actor_id: Mapped[int] = mapped_column(Integer, nullable=False)
    columns: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    size: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    first_view: Mapped[int | None] = mapped_column(Integer)
