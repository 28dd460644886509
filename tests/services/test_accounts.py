"""How are accounts opened, changed and closed, and what stays on record?"""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash

from app.core import scope
from app.core.accounts import accounts, acting
from app.core.accounts.account_list import Wanted, page_of
from app.core.accounts.accounts import Account
from app.core.errors import NotFound, NotPermitted, RulesBroken
from app.core.roles import SYSTEM, Actor
from app.core.tables import Change
from app.roles import AUDITOR, BODY_CLERK, CITY_ADMIN, SYSTEM_ADMIN
from tests.security.people import PASSWORD, body, centre, someone


@pytest.fixture
def admin(session: Session) -> Actor:
    """A system administrator, for whom the session acts."""
    actor = acting.actor_of(someone(SYSTEM_ADMIN, "root1"))
    scope.bind(session, actor)
    return actor


def account(**more: object) -> Account:
    filled = {
        "username": "tang",
        "name": "唐志远",
        "role": CITY_ADMIN,
        "places": {"centre": centre().id},
    }
    return Account(**{**filled, **more})  # type: ignore[arg-type]


def last_change(session: Session) -> Change:
    return session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()


def test_an_opened_account_belongs_to_one_person_with_one_name(
    session: Session, admin: Actor
) -> None:
    user = accounts.add(session, admin, account(), PASSWORD)
    assert user.get_full_name() == "唐志远"
    assert accounts.account_of(user) == account()
    assert check_password_hash(user.password or "", PASSWORD)
    assert user.active


def test_a_password_is_kept_by_a_hash_that_is_slow_to_guess(
    session: Session, admin: Actor, real_passwords: None
) -> None:
    user = accounts.add(session, admin, account(), PASSWORD)
    assert (user.password or "").startswith("scrypt:32768:8:1$")
    accounts.change_password(session, acting.actor_of(user), PASSWORD, "Other-horse-10")
    assert (user.password or "").startswith("scrypt:32768:8:1$")


def test_opening_an_account_is_on_record_without_its_password(
    session: Session, admin: Actor
) -> None:
    user = accounts.add(session, admin, account(), PASSWORD)
    change = last_change(session)
    assert (change.entity, change.record_id, change.kind) == ("AppUser", user.id, "add")
    assert change.actor_id == admin.id
    assert PASSWORD not in str(change.fields)
    assert (user.password or "") not in str(change.fields)


def test_every_objection_comes_at_once(session: Session, admin: Actor) -> None:
    with pytest.raises(RulesBroken) as refused:
        accounts.add(session, admin, account(username="x", places={}), "weak")
    fields = {problem.field for problem in refused.value.problems}
    assert fields == {"username", "centre", "password"}


def test_a_user_name_is_taken_in_capitals_too(session: Session, admin: Actor) -> None:
    accounts.add(session, admin, account(), PASSWORD)
    with pytest.raises(RulesBroken, match="已有人使用"):
        accounts.add(session, admin, account(username="TANG"), PASSWORD)


def test_an_account_of_a_body_is_bound_to_it(session: Session, admin: Actor) -> None:
    wanted = account(role=BODY_CLERK, places={"body": body().id})
    actor = acting.actor_of(accounts.add(session, admin, wanted, PASSWORD))
    assert actor.body_id == body().id
    assert actor.roles == {BODY_CLERK}


def test_a_change_leaves_before_and_after(session: Session, admin: Actor) -> None:
    user = accounts.add(session, admin, account(), PASSWORD)
    accounts.edit(session, admin, user.id, account(role="city_clerk"))
    assert last_change(session).fields == {"role": [CITY_ADMIN, "city_clerk"]}
    assert acting.actor_for(session, "tang").roles == {"city_clerk"}


def test_nobody_else_keeps_accounts(session: Session) -> None:
    actor = acting.actor_of(someone(CITY_ADMIN))
    with pytest.raises(NotPermitted):
        accounts.add(session, actor, account(), PASSWORD)
    with pytest.raises(NotPermitted):
        accounts.set_password(session, actor, actor.id or 0, "Other-horse-10")
    with pytest.raises(NotPermitted):
        page_of(session, actor, Wanted(), 1, 10)


def test_an_administrator_cannot_shut_themselves_out(session: Session, admin: Actor) -> None:
    with pytest.raises(RulesBroken):
        accounts.set_active(session, admin, admin.id or 0, active=False)
    demoted = account(username="root1", name="赵一", role=CITY_ADMIN)
    with pytest.raises(RulesBroken, match="自己的系统管理员角色"):
        accounts.edit(session, admin, admin.id or 0, demoted)


def test_a_closed_account_acts_for_nobody(session: Session, admin: Actor) -> None:
    user = accounts.add(session, admin, account(), PASSWORD)
    accounts.set_active(session, admin, user.id, active=False)
    with pytest.raises(NotFound, match="tang"):
        acting.actor_for(session, "tang")
    assert last_change(session).fields == {"active": [True, False]}


def test_an_unknown_user_is_not_found(session: Session, admin: Actor) -> None:
    with pytest.raises(NotFound):
        acting.actor_for(session, "nobody")
    with pytest.raises(NotFound):
        accounts.set_active(session, admin, 999_999, active=True)


def test_one_changes_the_own_password_only_with_the_old_one(session: Session) -> None:
    user = someone(AUDITOR)
    actor = acting.actor_of(user)
    with pytest.raises(RulesBroken) as refused:
        accounts.change_password(session, actor, "Wrong-horse-9", "Other-horse-10")
    assert [problem.field for problem in refused.value.problems] == ["old"]
    accounts.change_password(session, actor, PASSWORD, "Other-horse-10")
    session.refresh(user)
    assert check_password_hash(user.password or "", "Other-horse-10")
    assert last_change(session).fields == {"password": ["", "已更换"]}


def test_a_new_password_takes_off_the_lock(session: Session, admin: Actor) -> None:
    user = accounts.add(session, admin, account(), PASSWORD)
    user.fail_login_count = 5
    accounts.set_password(session, admin, user.id, "Other-horse-10")
    assert (user.fail_login_count, user.locked_until) == (0, None)


def test_the_list_is_narrowed_by_words_role_centre_and_state(
    session: Session, admin: Actor
) -> None:
    user = accounts.add(session, admin, account(), PASSWORD)
    someone(AUDITOR, "yan")

    def names(**wanted: object) -> list[str]:
        found = page_of(session, admin, Wanted(**wanted), 1, 10)  # type: ignore[arg-type]
        assert found.total == len(found.users)
        return [one.username for one in found.users]

    assert names() == ["root1", "tang", "yan"]
    assert names(words="唐") == ["tang"]
    assert names(words="TAN") == ["tang"]
    assert names(words="%") == []
    assert names(role=AUDITOR) == ["yan"]
    assert names(places={"centre": centre().id}) == ["tang"]
    accounts.set_active(session, admin, user.id, active=False)
    assert names(active=False) == ["tang"]


def test_a_page_beyond_the_last_is_the_last(session: Session, admin: Actor) -> None:
    for number in range(3):
        accounts.add(session, admin, account(username=f"tang{number}"), PASSWORD)
    found = page_of(session, SYSTEM, Wanted(), 99, 2)
    assert (found.number, len(found.users), found.total) == (2, 2, 4)
