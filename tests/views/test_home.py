"""Does the first page say what waits, what is due and what happened?"""

from __future__ import annotations

import re
from datetime import date

from flask import Flask
from sqlalchemy.orm import Session

from app.core import clock
from app.core.roles import TITLES
from app.roles import AUDITOR, BODY_CLERK, CITY_ADMIN, SYSTEM_ADMIN
from tests.factories import body
from tests.procedure import ready_batch, take
from tests.security.people import signed_in

DAY = date(2021, 4, 14)


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_city_sees_what_waits_and_a_link_to_it(app: Flask, session: Session) -> None:
    take(session, ready_batch(session), "submitted")
    client = signed_in(app, CITY_ADMIN)
    page = client.get("/").text
    assert "认定批次：已提交" in page
    link = re.search(r'href="(/batch/list/\?state=submitted)"', page)
    assert link
    assert client.get(link[1]).status_code == 200


def test_the_menu_counts_what_waits(app: Flask, session: Session) -> None:
    take(session, ready_batch(session), "submitted")
    page = signed_in(app, CITY_ADMIN).get("/profile/").text
    assert 'title="1 件等待办理"' in page


def test_a_clerk_is_warned_of_the_date_to_keep(app: Flask, session: Session) -> None:
    of = body(session)
    made = ready_batch(session, of)
    with clock.set_to(DAY):
        page = text(signed_in(app, BODY_CLERK, body_id=of.id).get("/").text)
    assert "最晚报送备案" in page
    assert "还有4天" in page
    assert made.no in page
    assert "今天是 2021 年 4 月 14 日" in page


def test_the_last_steps_are_reported_with_their_record(app: Flask, session: Session) -> None:
    of = body(session)
    made = take(session, ready_batch(session, of), "filed")
    page = signed_in(app, BODY_CLERK, body_id=of.id).get("/").text
    assert f"认定批次 {made.no}：审核并备案，现为已备案" in page
    assert f"/batch/show/{made.id}" in page


def test_nothing_of_another_body_is_reported(app: Flask, session: Session) -> None:
    made = take(session, ready_batch(session), "submitted")
    page = signed_in(app, BODY_CLERK).get("/").text
    assert made.no not in page


def test_every_role_has_a_first_page_without_dead_links(app: Flask, session: Session) -> None:
    take(session, ready_batch(session), "publicising")
    for role in TITLES:
        client = signed_in(app, role)
        page = client.get("/")
        assert page.status_code == 200
        assert TITLES[role] in page.text
        content = page.text.partition('id="content"')[2]
        for link in set(re.findall(r'href="(/[^"#]*)"', content)):
            assert client.get(link.replace("&amp;", "&")).status_code == 200, (role, link)


def test_an_auditor_is_offered_nothing_to_add(app: Flask, session: Session) -> None:
    assert "新增认定批次" not in signed_in(app, AUDITOR).get("/").text


def test_the_first_page_costs_the_same_whatever_waits(app: Flask, session: Session) -> None:
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    of = body(session)
    for seed in range(3):
        take(session, ready_batch(session, of, 1, seed=seed), "filed")
    client = signed_in(app, SYSTEM_ADMIN)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    client.get("/")
    event.remove(Engine, "before_cursor_execute", note)
    assert len(asked) <= 14
