"""What was said of the rows of an upload, kept so that no page of its preview reads it anew?"""

from __future__ import annotations

from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, Boolean, ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column


class JudgedSheet(Model):
    """The judgement of a waiting upload: what it stands on, and what concerns the whole sheet.

    ``digest``, ``changes`` and ``steps`` say what it was judged against: as long as that stands,
    the judgement does.
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
    """The rows of one page of it, packed; ``only`` counts those pages that leave sound rows out."""

    __tablename__ = "judged_part"
    __table_args__ = (UniqueConstraint("run_id", "only", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    run_id: Mapped[int] = mapped_column(
        ForeignKey("judged_sheet.run_id", ondelete="CASCADE"), nullable=False
    )
    only: Mapped[bool] = mapped_column(Boolean, nullable=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    rows: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)
