"""Which users read deadlines in their own calendar, and by which secret address?"""

from __future__ import annotations

from datetime import datetime

from flask_appbuilder.models.sqla import Model
from sqlalchemy import DateTime, Integer, String
from sqlalchemy.orm import Mapped, mapped_column


class CalendarFeed(Model):
    """The calendar of one user; only a digest of the word in its address is kept."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(Integer, nullable=False, unique=True)
    digest: Mapped[str] = mapped_column(String(64), nullable=False, unique=True)
    made_at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
