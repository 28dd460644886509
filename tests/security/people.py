"""Who signs in, in the tests of security: one person of each role, at centres and a body."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import scope
from app.core.accounts import accounts
from app.core.accounts.accounts import Account
from app.core.database import db
from app.core.roles import SYSTEM
from app.models import AppUser, Body, Centre
from app.roles import AUDITOR, BODY_CLERK, PROVINCE, SYSTEM_ADMIN

PASSWORD = "Correct-horse-9"
PROVINCE_CODE, TANGSHAN, BAODING = "130000", "130200", "130600"


def centre(code: str = TANGSHAN) -> Centre:
    """The centre of a region, from the reference data."""
    return db.session.scalars(
        select(Centre).where(Centre.code == code).execution_options(unscoped=True)
    ).one()


def body(code: str = "TEST", city: str = TANGSHAN) -> Body:
    """A registered body, made when it is not there."""
    with scope.acting(db.session, SYSTEM):
        known = db.session.scalar(select(Body).where(Body.code == code))
        if known is not None:
            return known
        at = centre(city)
        made = Body(
            code=code,
            name=f"{code}评价机构",
            kind="training",
            state="registered",
            centre=at,
            city_centre=at,
            region_id=at.region_id,
            valid_from=date(2020, 1, 1),
            valid_to=date(2039, 12, 31),
        )
        db.session.add(made)
        db.session.commit()
        return made


def someone(
    role: str,
    username: str = "",
    *,
    centre_id: int | None = None,
    body_id: int | None = None,
    **more: Any,
) -> AppUser:
    """An account of ``role`` with the password ``PASSWORD`` at the place that the role needs."""
    if role == BODY_CLERK:
        place = {"body": body_id or body().id, "centre": centre_id}
    else:
        code = PROVINCE_CODE if role in PROVINCE | {AUDITOR, SYSTEM_ADMIN} else None
        place = {"centre": centre_id or (centre(code) if code else centre()).id, "body": body_id}
    account = Account(username or role.replace("_", "-"), "赵一", role, places=place, **more)
    with scope.acting(db.session, SYSTEM):
        return accounts.add(db.session, SYSTEM, account, PASSWORD)


def sign_in(client: FlaskClient, username: str, password: str = PASSWORD) -> Any:
    """Post the login form."""
    return client.post("/login/", data={"username": username, "password": password})


def signed_in(app: Flask, role: str, username: str = "", **more: Any) -> FlaskClient:
    """A browser in which a new account of ``role`` is signed in."""
    user = someone(role, username, **more)
    client = app.test_client()
    assert sign_in(client, user.username).status_code == 302
    return client
