"""Which running number was last given under each prefix?"""

from __future__ import annotations

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column


class NumberCounter(Model):
    """The last running number given under a prefix, such as DEMO-2021."""

    __tablename__ = "number_counter"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    prefix: Mapped[str] = mapped_column(String(60), nullable=False, unique=True)
    last: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
