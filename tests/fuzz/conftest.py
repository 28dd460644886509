"""Where does the fuzzing happen? In a world with a row of every table."""

from __future__ import annotations

import pytest

from app.core.scope import AnySession
from app.models import SpotCheckEntry
from tests.factories import TANGSHAN
from tests.views.world import World


@pytest.fixture
def ours(session: AnySession) -> World:
    """A row of every table of a body in 唐山; what is drawn by lot as a draw would leave it."""
    made = World(session, "AAA", TANGSHAN)
    made.everything()
    made.row(SpotCheckEntry).lot = "0f" * 20
    session.commit()
    return made
