"""How do third-party views read and write our tables and their own?"""

from __future__ import annotations

from typing import Any

from flask_appbuilder.exceptions import DatabaseException
from flask_appbuilder.models.sqla.interface import SQLAInterface
from sqlalchemy import Boolean, Integer, Numeric
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from app.core.database import is_busy
from app.core.errors import AppError
from app.core.outside import as_key
from app.core.views.interface import EntityInterface

TAKEN = "没有保存：与已有记录重复、仍被其他记录引用，或数值超出允许的范围"
REFUSED = "没有保存：数据库没有接受这些内容，请检查后重试"


def scoped_interface(given: SQLAInterface) -> EntityInterface:
    """Return our interface to the same table, keeping the additions of a developer's subclass."""
    kind = type(given)
    if isinstance(given, EntityInterface):
        return given
    if kind is SQLAInterface:
        return EntityInterface(given.obj, given._session)  # noqa: SLF001 - kept there
    made: type[EntityInterface] = type(kind.__name__, (EntityInterface, kind), {})
    return made(given.obj, given._session)  # noqa: SLF001 - kept there


class PlainInterface(SQLAInterface):
    """The framework's access to a table that is not ours, with its errors avoided.

    Such a table has no scope and no history. Database errors are reported in our words, because
    their own contain the values.
    """

    def get(self, id: Any, filters: Any = None, select_columns: Any = None) -> Any:  # noqa: A002
        if isinstance(getattr(self.get_pk(), "type", None), Integer):
            id = as_key(id)  # noqa: A001 - psycopg cannot compare a number with a text
        return None if id is None else super().get(id, filters, select_columns)

    def add(self, item: Any, commit: bool = True) -> None:
        with _in_words():
            super().add(item, commit)

    def edit(self, item: Any, commit: bool = True) -> None:
        with _in_words():
            super().edit(item, commit)

    def delete(self, item: Any, commit: bool = True) -> None:
        with _in_words():
            super().delete(item, commit)

    def get_related_interface(self, col_name: str) -> SQLAInterface:
        """Return the interface to a related table, scoped if the table is ours."""
        return scoped_interface(super().get_related_interface(col_name))

    def is_float(self, col_name: str) -> bool:
        column = self.list_columns.get(col_name)
        return super().is_float(col_name) or isinstance(getattr(column, "type", None), Numeric)

    def is_nullable(self, col_name: str) -> bool:
        """Treat a checkbox as never missing, since an unticked one means no."""
        column = self.list_columns.get(col_name)
        return super().is_nullable(col_name) or isinstance(getattr(column, "type", None), Boolean)


class _in_words:  # noqa: N801 - reads as the words of a with statement
    """Turn database errors into AppError, except when the database is busy."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: Any, error: BaseException | None, _trace: Any) -> None:
        cause = error.__cause__ if isinstance(error, DatabaseException) else error
        if isinstance(cause, SQLAlchemyError) and not is_busy(cause):
            raise AppError(TAKEN if isinstance(cause, IntegrityError) else REFUSED) from error
