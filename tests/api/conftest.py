"""Which programs come with which keys? One for each person that a test asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from app.core import scope
from app.core.database import db
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.security import keys
from app.models import AppUser
from app.roles import BODY_CLERK, CITY
from tests.factories import BAODING, TANGSHAN
from tests.security.people import someone
from tests.views.world import World


@dataclass(frozen=True)
class Program:
    """A program with somebody's key."""

    client: Any
    key: str
    user: AppUser

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """Ask for ``path`` below the interface."""
        head = {"Authorization": f"Bearer {self.key}"}
        sent = {} if body is None else {"json": body}
        return self.client.open(f"/api/v1/{path}", method=method, headers=head, **sent, **more)

    def get(self, path: str) -> Any:
        """The answer's JSON, which must be a good one."""
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json


Programs = Callable[..., Program]


@pytest.fixture
def ours(session: AnySession) -> World:
    """A row of every table of a body in 唐山."""
    made = World(session, "AAA", TANGSHAN)
    made.everything()
    return made


@pytest.fixture
def theirs(session: AnySession) -> World:
    """A row of every table of a body in 保定."""
    made = World(session, "BBB", BAODING)
    made.everything()
    return made


@pytest.fixture
def program(app: Flask, session: AnySession) -> Programs:
    """A program that speaks for somebody with ``role``."""

    def with_key_of(role: str, world: World | None = None) -> Program:
        more = {}
        if role == BODY_CLERK and world is not None:
            more = {"body_id": world.body.id}
        elif role in CITY and world is not None:
            more = {"centre_id": world.centre.id}
        user = someone(role, **more)
        with scope.acting(db.session, SYSTEM):
            key = keys.issue(user, "考试系统", 30)
        return Program(app.test_client(), key, user)

    return with_key_of
