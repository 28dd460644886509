"""Which users sign in, and to which centre or body does each belong?"""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.tables.user import BaseUser
from app.models.bodies.body import Body
from app.models.reference.centre import Centre


class AppUser(BaseUser):
    """A user with the centre or body that limits what they see."""

    __tablename__ = "ab_user"
    __table_args__ = {"extend_existing": True}

    centre_id: Mapped[int | None] = mapped_column(
        ForeignKey("centre.id", name="fk_ab_user_centre_id_centre"), index=True
    )
    body_id: Mapped[int | None] = mapped_column(
        ForeignKey("body.id", name="fk_ab_user_body_id_body"), index=True
    )
    centre: Mapped[Centre | None] = relationship(foreign_keys="AppUser.centre_id")
    body: Mapped[Body | None] = relationship(foreign_keys="AppUser.body_id")
