"""How is the judgement of an upload stored, so that its pages need not be judged again?"""

from __future__ import annotations

from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, Boolean, ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column


class JudgedSheet(Model):
    """The judgement of a waiting upload: its basis, and what concerns the whole sheet.

    ``digest``, ``changes`` and ``steps`` are its basis: it is valid as long as they are.
    """

    __tablename__ = "judged_sheet"

    run_id: Mapped[int] = mapped_column(
        ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(String(64), nullable=False)
    changes: Mapped[int] = mapped_column(Integer, nullable=False)
    steps: Mapped[int] = mapped_column(Integer, nullable=False)
    head: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)


class JudgedPart(Model):
    """The rows of one preview page, compressed; ``only`` marks pages of rows with problems."""

    __tablename__ = "judged_part"
    __table_args__ = (UniqueConstraint("run_id", "only", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    run_id: Mapped[int] = mapped_column(
        ForeignKey("judged_sheet.run_id", ondelete="CASCADE"), nullable=False
    )
    only: Mapped[bool] = mapped_column(Boolean, nullable=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    rows: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)
