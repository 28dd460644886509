"""Does everybody see the own account and change the own password?"""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.roles import TITLES
from app.roles import BODY_CLERK
from tests.security.people import PASSWORD, sign_in, signed_in

NEW = "Other-horse-10"


@pytest.mark.parametrize("role", TITLES)
def test_everybody_sees_name_role_and_place(app: Flask, session: Session, role: str) -> None:
    page = signed_in(app, role).get("/profile/").text
    assert "赵一" in page
    assert TITLES[role] in page


def test_the_top_bar_names_the_body(app: Flask, session: Session) -> None:
    assert "TEST评价机构" in signed_in(app, BODY_CLERK).get("/profile/password").text


def test_the_new_password_is_the_one_that_opens(app: Flask, session: Session) -> None:
    client = signed_in(app, BODY_CLERK, "deng")
    data = {"old": PASSWORD, "password": NEW, "again": NEW}
    answer = client.post("/profile/password", data=data, follow_redirects=True)
    assert "密码已修改" in answer.text
    assert sign_in(app.test_client(), "deng").status_code == 200
    assert sign_in(app.test_client(), "deng", NEW).status_code == 302


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"old": "Wrong-horse-9", "password": NEW, "again": NEW}, "原密码不对"),
        ({"old": PASSWORD, "password": NEW, "again": "Another-one-1"}, "两次输入的新密码不一致"),
        ({"old": PASSWORD, "password": "short1", "again": "short1"}, "密码须有 10 到 128 个字符"),
        ({"old": PASSWORD, "password": PASSWORD, "again": PASSWORD}, "新密码不能与原密码相同"),
        ({"old": PASSWORD, "password": "deng-2021-xx", "again": "deng-2021-xx"}, "不能含有用户名"),
        ({"old": "", "password": "", "again": ""}, "请填写此项"),
    ],
)
def test_a_refused_change_says_why_and_keeps_the_old_password(
    app: Flask, session: Session, data: dict[str, str], said: str
) -> None:
    client = signed_in(app, BODY_CLERK, "deng")
    page = client.post("/profile/password", data=data)
    assert page.status_code == 200
    assert said in page.text
    assert sign_in(app.test_client(), "deng").status_code == 302
