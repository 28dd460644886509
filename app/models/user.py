"""Who signs in? The framework's user, belonging to a centre or to a body."""

from __future__ import annotations

from datetime import datetime

from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.bodies.body import Body
from app.models.reference.centre import Centre

__all__ = ["AppUser", "Role"]


class AppUser(User):
    """A user with the centre or the body that bounds what is seen.

    ``locked_until`` keeps the account shut after too many wrong passwords.
    """

    __tablename__ = "ab_user"
    __table_args__ = {"extend_existing": True}

    centre_id: Mapped[int | None] = mapped_column(
        ForeignKey("centre.id", name="fk_ab_user_centre_id_centre"), index=True
    )
    body_id: Mapped[int | None] = mapped_column(
        ForeignKey("body.id", name="fk_ab_user_body_id_body"), index=True
    )
    locked_until: Mapped[datetime | None] = mapped_column(DateTime)
    centre: Mapped[Centre | None] = relationship(foreign_keys="AppUser.centre_id")
    body: Mapped[Body | None] = relationship(foreign_keys="AppUser.body_id")

    def get_full_name(self) -> str:
        """The Chinese name in one piece: family name first, no space."""
        return f"{self.last_name or ''}{self.first_name or ''}"

    def __repr__(self) -> str:
        return f"{self.get_full_name()}（{self.username}）"
