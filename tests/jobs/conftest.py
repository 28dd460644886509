"""Which batch are jobs about, in the tests, and who asks for them?"""

from __future__ import annotations

import pytest

from app.core.accounts import acting
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import Batch
from app.roles import BODY_CLERK
from tests import procedure
from tests.security.people import someone


@pytest.fixture
def batch(session: AnySession) -> Batch:
    """A batch that is ready to be filed."""
    return procedure.ready_batch(session, number=2)


@pytest.fixture
def clerk(session: AnySession, batch: Batch) -> Actor:
    """The clerk of its body."""
    return acting.actor_of(someone(BODY_CLERK, body_id=batch.body_id))
