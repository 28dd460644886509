"""Is a key good for as long as it should be, and no longer?"""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import scope
from app.core.accounts.key_rules import LONGEST_DAYS
from app.core.database import db
from app.core.errors import NotFound, RulesBroken
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.security import keys
from app.core.tables import Change
from app.models import AppUser
from app.roles import PROVINCE_ADMIN, PROVINCE_CLERK
from tests.security.people import someone


def answer(app: Flask, key: str) -> int:
    head = {"Authorization": f"Bearer {key}"}
    return app.test_client().get("/api/v1/batch/", headers=head).status_code


@pytest.fixture
def user(session: AnySession) -> AppUser:
    return someone(PROVINCE_ADMIN)


def test_a_key_is_good_until_it_is_revoked(app: Flask, user: AppUser) -> None:
    key = keys.issue(user, "考试系统", 30)
    assert answer(app, key) == 200
    keys.revoke(user, keys.of(user.id)[0].uuid)
    assert answer(app, key) == 401
    assert keys.of(user.id) == []


def test_a_key_is_kept_as_a_digest_and_its_making_noted(app: Flask, user: AppUser) -> None:
    key = keys.issue(user, "考试系统", 30)
    kept = keys.of(user.id)[0]
    assert key not in (kept.key_hash, kept.lookup_hash)
    with scope.acting(db.session, SYSTEM):
        noted = db.session.scalars(select(Change).where(Change.entity == "AppUser")).all()
    assert any("接口密钥" in one.fields for one in noted)
    assert not any(key in str(one.fields) for one in noted)


def test_the_key_of_a_closed_account_is_not_good(app: Flask, user: AppUser) -> None:
    key = keys.issue(user, "考试系统", 30)
    user.active = False
    db.session.commit()
    assert answer(app, key) == 401


def test_a_key_ends_with_its_days(app: Flask, user: AppUser) -> None:
    key = keys.issue(user, "考试系统", 1)
    keys.of(user.id)[0].expires_on = datetime(2021, 1, 1)
    db.session.commit()
    assert answer(app, key) == 401


@pytest.mark.parametrize(("name", "days"), [("", 30), (" ", 30), ("甲" * 61, 30), ("甲", 0)])
def test_a_key_needs_a_purpose_and_an_end(user: AppUser, name: str, days: int) -> None:
    with pytest.raises(RulesBroken):
        keys.issue(user, name, days)
    with pytest.raises(RulesBroken):
        keys.issue(user, "考试系统", LONGEST_DAYS + 1)


def test_nobody_revokes_the_key_of_somebody_else(app: Flask, user: AppUser) -> None:
    key = keys.issue(user, "考试系统", 30)
    other = someone(PROVINCE_CLERK)
    with pytest.raises(NotFound):
        keys.revoke(other, keys.of(user.id)[0].uuid)
    assert answer(app, key) == 200
