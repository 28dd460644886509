"""Which forms were sent already, and what came of each, should it come a second time?"""

from __future__ import annotations

from datetime import datetime

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, DateTime, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column


class SentForm(Model):
    """One form that was acted on; written in the transaction of the act itself.

    ``digest`` is of the person, the form's one-time key, its address and all that was filled in.
    ``status`` is 0 until the answer is known: then ``location`` says where it led with which
    ``messages``, or ``page`` holds it, compressed.
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
