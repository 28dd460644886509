"""What do all tables share?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from flask_appbuilder.models.sqla import Model
from sqlalchemy import DateTime, Integer, String
from sqlalchemy.orm import declared_attr, mapped_column

from app.core.declarations import limits as limits  # noqa: PLC0414 - puts CHECKs on the tables
from app.core.declarations.field import Mapped, describe, field
from app.core.declarations.opening import Opening
from app.core.declarations.reach import EVERYONE, Reach

# A constraint needs a name so that a migration can drop it on both databases.
Model.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Entity(Model):
    """A table of the product; subclasses declare label, title field, reach and area.

    ``__reach__`` says who sees a row. ``__owner__`` narrows down who may change it (empty:
    everyone who sees it and has the role). ``__open__`` says in which states it may be changed; a
    table that hangs on a procedure must declare it. ``__natural_key__`` names the fields by which
    a sheet identifies an existing row (empty: the fields of its unique key).
    """

    __abstract__ = True
    __label__: ClassVar[str]
    __title__: ClassVar[str] = "name"
    __reach__: ClassVar[Reach] = EVERYONE
    __owner__: ClassVar[Reach] = ()
    __open__: ClassVar[Opening | tuple[Opening, ...]] = ()
    __natural_key__: ClassVar[tuple[str, ...]] = ()
    __area__: ClassVar[str] = "reference"
    __hidden__: ClassVar[frozenset[str]] = frozenset(
        {"id", "version", "created_at", "created_by_id", "changed_at", "changed_by_id"}
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    created_at: Mapped[datetime | None] = mapped_column(DateTime)
    created_by_id: Mapped[int | None] = mapped_column(Integer)
    changed_at: Mapped[datetime | None] = mapped_column(DateTime)
    changed_by_id: Mapped[int | None] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # Without AUTOINCREMENT SQLite reuses the key of a deleted last row. A new row, perhaps of
        # another body, would then inherit that row's history, steps and waiting uploads.
        cls.__table_args__ = (
            *cls.__dict__.get("__table_args__", ()),
            {"sqlite_autoincrement": True},
        )
        super().__init_subclass__(**kwargs)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy passes the class
        return {"version_id_col": cls.version}

    def __str__(self) -> str:
        return str(getattr(self, describe(type(self)).title) or "")


class Attached:
    """A table whose rows have a file, in ``filename``, ``size``, ``digest`` and ``content``.

    ``__file_of__`` names the link to the record with which the file is examined; the row itself if
    empty. ``replaced_for`` is not stored with the row: it says why a file took the place of
    another, for the version that is kept of that one.
    """

    __file_of__: ClassVar[str] = ""
    replaced_for = ""


class Stateful:
    """A table whose rows follow a procedure; only the workflow engine assigns ``state``."""

    state: Mapped[str] = field(
        String(30),
        "状态",
        default="draft",
        index=True,
        list=True,
        search="pick",
        form=False,
        width=90,
    )


def entities() -> tuple[type[Entity], ...]:
    """Return all declared tables, in no particular order."""
    return tuple(one.class_ for one in Entity.registry.mappers if issubclass(one.class_, Entity))


#: What has been asked for by name: a page asks a hundred times, and a table never goes away.
_named: dict[str, type[Entity]] = {}


def entity_named(name: str) -> type[Entity]:
    """Return the entity class called ``name``; raises KeyError if there is none."""
    if name not in _named:
        _named.update({model.__name__: model for model in entities()})
    return _named[name]
