"""Which states may the records of a procedure have, so that no other is stored?"""

from __future__ import annotations

from flask_appbuilder.models.sqla import Model
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column


class ProcedureState(Model):
    """A state of a procedure: declared, or found in rows of this centre when states were listed."""

    __tablename__ = "procedure_state"

    entity: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    label: Mapped[str] = mapped_column(String(40), nullable=False)
