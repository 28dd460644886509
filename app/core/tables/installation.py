"""What is true of this database as a whole?"""

from __future__ import annotations

from datetime import date

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Boolean, Date, Integer
from sqlalchemy.orm import Mapped, mapped_column


class Installation(Model):
    """The one row that says what a database is for; without it, for real work.

    ``practice_day`` is the day that a practice database takes for today; None is the real one.
    """

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    practice: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    practice_day: Mapped[date | None] = mapped_column(Date)
