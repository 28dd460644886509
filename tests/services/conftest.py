"""What do tests of the services start from? A session that acts as the system."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.roles import SYSTEM


@pytest.fixture
def db(session: scoped_session[Session]) -> scoped_session[Session]:
    """The product's session, for which every row is in reach."""
    scope.bind(session, SYSTEM)
    return session
