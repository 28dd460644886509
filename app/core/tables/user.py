"""What does the core require of the product's class of users?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import DateTime
from sqlalchemy.orm import Mapped, mapped_column

__all__ = ["ACCOUNT", "BaseUser", "Role", "user_class"]

#: The name of accounts in the history, whatever the product calls its class.
ACCOUNT = "AppUser"


class BaseUser(User):
    """A user of the product; a derived class adds links to the places that people belong to.

    ``locked_until`` is set after too many wrong passwords.
    """

    __abstract__ = True

    locked_until: Mapped[datetime | None] = mapped_column(DateTime)

    def get_full_name(self) -> str:
        """Return the Chinese name in one piece: family name first, no space."""
        return f"{self.last_name or ''}{self.first_name or ''}"

    def __repr__(self) -> str:
        return f"{self.get_full_name()}（{self.username}）"


def user_class() -> Any:
    """Return the product's only class derived from ``BaseUser``."""
    (found,) = BaseUser.__subclasses__()
    return found
