"""Who sits before the screens: a body's clerk and a city's administrator, with strangers' rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.core.accounts.bootstrap import bootstrap
from app.core.scope import AnySession
from app.roles import BODY_CLERK, CITY, CITY_ADMIN, PROVINCE_ADMIN
from tests.client import IsolatedClient
from tests.database import settings_for
from tests.factories import BAODING, TANGSHAN
from tests.security.people import signed_in
from tests.servers import Database
from tests.views.world import World

SignIn = Callable[..., FlaskClient]
Rebuild = Callable[..., Flask]


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
def sign_in(app: Flask, session: AnySession) -> SignIn:
    """Sign in as a role: of 唐山's centre, of the province's, or of a body."""

    def as_role(role: str, world: Any = None) -> FlaskClient:
        more = {}
        if role == BODY_CLERK:
            more = {"body_id": world.body.id}
        elif role in CITY and world is not None:
            more = {"centre_id": world.centre.id}
        return signed_in(app, role, **more)

    return as_role


@pytest.fixture
def clerk(sign_in: SignIn, ours: World) -> FlaskClient:
    """The clerk of our body."""
    return sign_in(BODY_CLERK, ours)


@pytest.fixture
def city(sign_in: SignIn, ours: World) -> FlaskClient:
    """The administrator of our city's centre."""
    return sign_in(CITY_ADMIN, ours)


@pytest.fixture
def province(sign_in: SignIn) -> FlaskClient:
    """The administrator of the provincial centre."""
    return sign_in(PROVINCE_ADMIN)


@pytest.fixture
def rebuild(
    app: Flask, session: AnySession, database: Database, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Rebuild]:  # fmt: skip
    """Build the product anew, on the same database, with what a screen's class is made to say."""
    built: list[Flask] = []

    def with_attributes(screen: type[Any], *, rights: bool = False, **said: Any) -> Flask:
        for name, value in said.items():
            monkeypatch.setattr(screen, name, value, raising=False)
        made = create_app(settings_for(database.url, tmp_path))
        made.test_client_class = IsolatedClient
        built.append(made)
        session.commit()
        if rights:
            with made.app_context():
                bootstrap()
        return made

    yield with_attributes
    for made in built:
        with made.app_context():
            made.extensions["sqlalchemy"].session.remove()
            made.extensions["sqlalchemy"].engine.dispose()
