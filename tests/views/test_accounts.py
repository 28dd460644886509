"""Does the administrator open, change, close and unlock accounts by mouse, and nobody else?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core import clock
from app.core.accounts import acting
from app.core.declarations.behaviour import procedures
from app.core.roles import TITLES
from app.models import AppUser
from app.roles import AUDITOR, BODY_CLERK, CITY_ADMIN, PROVINCE_ADMIN, SYSTEM_ADMIN
from tests.security.people import PASSWORD, body, centre, sign_in, signed_in, someone


@pytest.fixture
def admin(app: Flask, session: Session) -> FlaskClient:
    """A browser of a system administrator."""
    return signed_in(app, SYSTEM_ADMIN, "root1")


def filled(**more: Any) -> dict[str, Any]:
    return {
        "username": "tang",
        "name": "唐志远",
        "role": CITY_ADMIN,
        "centre": str(centre().id),
        "body": "",
        "email": "",
        "password": PASSWORD,
    } | more


def known(session: Session, username: str) -> AppUser | None:
    return session.query(AppUser).filter_by(username=username).one_or_none()


def test_an_account_opened_by_mouse_lets_its_owner_in(
    app: Flask, admin: FlaskClient, session: Session
) -> None:
    answer = admin.post("/account/add", data=filled())
    user = known(session, "tang")
    assert user is not None
    assert answer.location == f"/account/show/{user.id}"
    assert "唐志远" in admin.get(answer.location).text
    assert sign_in(app.test_client(), "tang").status_code == 302


def test_a_clerk_of_a_body_is_opened_with_the_body(admin: FlaskClient, session: Session) -> None:
    of = body()
    admin.post("/account/add", data=filled(role=BODY_CLERK, centre="", body=str(of.id)))
    user = known(session, "tang")
    assert user is not None
    assert user.body_id == of.id


def test_objections_stand_on_their_fields_and_the_input_stays(
    admin: FlaskClient, session: Session
) -> None:
    page = admin.post("/account/add", data=filled(centre="", password="weak")).text
    assert "市中心管理员须选择所属的市级中心" in page
    assert "密码须同时含有字母和数字" in page
    assert 'value="唐志远"' in page
    assert PASSWORD not in page
    assert known(session, "tang") is None


def test_a_missing_name_is_asked_for(admin: FlaskClient, session: Session) -> None:
    assert "请填写此项" in admin.post("/account/add", data=filled(name="")).text
    assert known(session, "tang") is None


@pytest.mark.parametrize("odd", ["x", "999999999999", "-1", "' OR 1=1"])
def test_odd_keys_are_refused_quietly(admin: FlaskClient, session: Session, odd: str) -> None:
    assert admin.get(f"/account/show/{odd}").status_code == 404
    answer = admin.post("/account/add", data=filled(centre=odd))
    assert answer.status_code == 200
    assert known(session, "tang") is None


def test_an_account_is_changed(admin: FlaskClient, session: Session) -> None:
    user = someone(CITY_ADMIN, "tang")
    form = admin.get(f"/account/edit/{user.id}").text
    assert 'value="tang"' in form
    assert f'<option selected value="{centre().id}">' in form
    answer = admin.post(f"/account/edit/{user.id}", data=filled(name="唐志宏"))
    assert answer.status_code == 302
    session.refresh(user)
    assert user.get_full_name() == "唐志宏"


def test_a_chosen_body_is_shown_by_its_name(admin: FlaskClient, session: Session) -> None:
    user = someone(BODY_CLERK, "deng")
    assert "TEST评价机构（TEST）" in admin.get(f"/account/edit/{user.id}").text


def test_closing_and_opening_are_posts_and_take_effect(
    app: Flask, admin: FlaskClient, session: Session
) -> None:
    user = someone(CITY_ADMIN, "tang")
    assert admin.get(f"/account/{user.id}/close").status_code == 405
    admin.post(f"/account/{user.id}/close")
    assert sign_in(app.test_client(), "tang").status_code == 200
    assert "停用" in admin.get("/account/list/?q=tang").text
    admin.post(f"/account/{user.id}/open")
    assert sign_in(app.test_client(), "tang").status_code == 302


def test_a_lock_is_seen_and_taken_off(app: Flask, admin: FlaskClient, session: Session) -> None:
    user = someone(CITY_ADMIN, "tang")
    user.locked_until = clock.now() + timedelta(minutes=10)
    session.commit()
    assert "已锁定" in admin.get("/account/list/").text
    admin.post(f"/account/{user.id}/unlock")
    assert sign_in(app.test_client(), "tang").status_code == 302


def test_a_reset_password_works_at_once(app: Flask, admin: FlaskClient, session: Session) -> None:
    user = someone(CITY_ADMIN, "tang")
    address = f"/account/{user.id}/password"
    assert "密码须有" in admin.post(address, data={"password": "Aa1"}).text
    assert admin.post(address, data={"password": "Other-horse-10"}).status_code == 302
    assert sign_in(app.test_client(), "tang").status_code == 200
    assert sign_in(app.test_client(), "tang", "Other-horse-10").status_code == 302


def test_the_administrator_is_not_offered_to_close_the_own_account(
    admin: FlaskClient, session: Session
) -> None:
    own = known(session, "root1")
    assert own is not None
    assert "/close" not in admin.get(f"/account/show/{own.id}").text
    assert admin.post(f"/account/{own.id}/close").status_code == 422


def test_the_list_finds_by_name_role_and_centre(admin: FlaskClient, session: Session) -> None:
    someone(CITY_ADMIN, "tang")
    someone(AUDITOR, "yanming")
    for query, seen, hidden in (
        ("q=tan", "tang", "yanming"),
        ("role=auditor", "yanming", "tang"),
        (f"centre={centre().id}", "tang", "yanming"),
        ("active=0", "没有记录", "tang"),
    ):
        page = admin.get(f"/account/list/?{query}").text
        assert seen in page
        assert hidden not in page


@pytest.mark.parametrize("odd", ["%00", "a%00b", "%FF", "a" * 60_000])
def test_odd_words_find_nothing_quietly(admin: FlaskClient, odd: str) -> None:
    for page in ("account/list/?q=", "account/list/?role=", "account/places/body?q="):
        assert admin.get(f"/{page}{odd}").status_code == 200
    for name in ("q", "entity", "kind", "at_from", "at_to"):
        assert admin.get(f"/change/list/?{name}={odd}").status_code == 200
    for day in ("0001-01-01", "9999-12-31"):
        assert admin.get(f"/change/list/?at_from={day}&at_to={day}").status_code == 200


def test_a_name_is_kept_without_what_no_database_keeps(
    admin: FlaskClient, session: Session
) -> None:
    admin.post("/account/add", data=filled(name="唐\0志远"))
    user = known(session, "tang")
    assert user is not None
    assert user.get_full_name() == "唐志远"


def test_long_lists_have_pages(admin: FlaskClient, session: Session) -> None:
    from app.core.views.accounts import accounts as screen

    users = [
        AppUser(
            username=f"u{number:03d}",
            first_name="",
            last_name="某",
            email=f"u{number}@example.invalid",
            active=True,
        )
        for number in range(screen.SIZE + 1)
    ]
    session.add_all(users)
    session.commit()
    assert "u050" in admin.get("/account/list/?page=2").text
    assert "u050" in admin.get("/account/list/?page=99").text
    assert admin.get("/account/list/?page=abc").status_code == 200


def test_bodies_are_offered_by_name_or_code(admin: FlaskClient, session: Session) -> None:
    of = body()
    found = admin.get("/account/places/body?q=TES").get_json()
    assert found == {"results": [{"id": of.id, "text": "TEST评价机构（TEST）"}], "more": False}
    assert admin.get("/account/places/body?q=%25").get_json()["results"] == []


@pytest.mark.parametrize("role", [role for role in TITLES if role != SYSTEM_ADMIN])
def test_nobody_else_comes_near_the_accounts(app: Flask, session: Session, role: str) -> None:
    client = signed_in(app, role, "curious")
    own = known(session, "curious")
    assert own is not None
    for address in ("list/", "add", f"show/{own.id}", f"edit/{own.id}", f"{own.id}/password"):
        assert client.get(f"/account/{address}").status_code == 403
    data = filled(role=SYSTEM_ADMIN)
    assert client.post("/account/add", data=data).status_code == 403
    assert client.post(f"/account/edit/{own.id}", data=data).status_code == 403
    assert acting.actor_for(session, "curious").roles == {role}


@pytest.mark.parametrize("role", [SYSTEM_ADMIN, PROVINCE_ADMIN, AUDITOR])
def test_the_matrix_of_roles_shows_every_role_area_and_move(
    app: Flask, session: Session, role: str
) -> None:
    from app.core.roles import AREAS

    page = signed_in(app, role).get("/role/").text
    for words in (
        *TITLES.values(),
        *(area.title for area in AREAS.values()),
        *(move.label for table in procedures().values() for move in table.moves),
    ):
        assert words in page
    assert "<form" not in page.split('<main id="content"')[1].split("</main>")[0]


def test_the_matrix_of_roles_is_not_for_everybody(app: Flask, session: Session) -> None:
    assert signed_in(app, BODY_CLERK).get("/role/").status_code == 403
