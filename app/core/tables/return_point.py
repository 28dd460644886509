"""What was found fault with when a record was sent back, and what does the sender say to it?"""

from __future__ import annotations

from datetime import datetime

from flask_appbuilder.models.sqla import Model
from sqlalchemy import DateTime, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column


class ReturnPoint(Model):
    """One line of the note of a step that sent a record back, with the answer of the sender.

    ``change_id`` is the last line of history before that step; None for steps that were made
    before there were points. Once the record is sent in, the answer is part of that step's note.
    """

    __tablename__ = "return_point"
    __table_args__ = (UniqueConstraint("step_id", "serial"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    step_id: Mapped[int] = mapped_column(Integer, nullable=False)
    serial: Mapped[int] = mapped_column(Integer, nullable=False)
    text: Mapped[str] = mapped_column(Text, nullable=False)
    answer: Mapped[str] = mapped_column(Text, nullable=False, default="")
    answered_by: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    answered_at: Mapped[datetime | None] = mapped_column(DateTime)
    change_id: Mapped[int | None] = mapped_column(Integer)
