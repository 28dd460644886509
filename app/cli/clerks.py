"""Which user acts for a body on the command line if none is named?"""

from __future__ import annotations

from app.core.cli.find import actor_named
from app.core.database import db
from app.core.roles import Actor
from app.services.demonstration import stand_ins


def actor_for_body(username: str | None, body_id: int) -> Actor:
    """Return the named user, or else the body's clerk, as actor."""
    return actor_named(username) if username else stand_ins.clerk_of_body(db.session, body_id)
