"""Which forms were already submitted, and what was the answer?"""

from __future__ import annotations

from datetime import datetime

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, DateTime, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column


class SentForm(Model):
    """A submitted form, stored in the transaction of its act.

    ``digest`` covers the person, the form's one-time key, its address and its input. ``status``
    is 0 until the answer is known: either a redirect to ``location`` with ``messages``, or a
    compressed ``page``.
    """

    __tablename__ = "sent_form"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), nullable=False, unique=True)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False, index=True)
    status: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    location: Mapped[str] = mapped_column(Text, nullable=False, default="")
    messages: Mapped[list[list[str]]] = mapped_column(JSON, nullable=False, default=list)
    mimetype: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    nonce: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    page: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, default=b"")
