"""Which row of the demo centre is meant?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.core.database import db

TANGSHAN, BAODING, PROVINCE = "130200", "130600", "130000"


def count_of(model: type[Any]) -> int:
    """How many rows there are."""
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def one_row(model: type[Any], **key: Any) -> Any:
    """The one row with these values; raises where it is missing."""
    return db.session.scalars(select(model).filter_by(**key)).one()


def find_row(model: type[Any], **key: Any) -> Any:
    """The row with these values, or None."""
    return db.session.scalars(select(model).filter_by(**key)).one_or_none()
