"""Which row of the demo centre has these values?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.core.database import db

TANGSHAN, BAODING, PROVINCE = "130200", "130600", "130000"


def count_of(model: type[Any]) -> int:
    """Count the rows of the table."""
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def one_row(model: type[Any], **key: Any) -> Any:
    """Return the one row with these values. Raises NoResultFound if it is missing."""
    return db.session.scalars(select(model).filter_by(**key)).one()


def find_row(model: type[Any], **key: Any) -> Any:
    """Return the row with these values, or None."""
    return db.session.scalars(select(model).filter_by(**key)).one_or_none()
