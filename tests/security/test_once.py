"""Is a form that is sent twice acted on once, and is the second sender shown the first result?"""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core.scope import AnySession
from app.core.security.once import AGAIN
from app.core.tables import Change, ImportRun, SentForm, Step
from app.models import AppUser, Batch, Body
from app.roles import BODY_CLERK, PROVINCE_ADMIN, SYSTEM_ADMIN
from tests import factories
from tests.house.tree import ROOT
from tests.security.people import signed_in

KEY = "a-key-of-this-form-alone"


def count(session: AnySession, model: Any) -> int:
    return (
        session.scalar(select(func.count()).select_from(model).execution_options(unscoped=True))
        or 0
    )


@pytest.fixture
def admin(app: Flask, session: AnySession) -> FlaskClient:
    return signed_in(app, PROVINCE_ADMIN)


@pytest.fixture
def clerk(app: Flask, session: AnySession) -> FlaskClient:
    made = factories.body(session)
    session.commit()
    return signed_in(app, BODY_CLERK, body_id=made.id)


def batch_form(session: AnySession, **more: str) -> dict[str, str]:
    body = session.scalars(select(Body.id).execution_options(unscoped=True)).first()
    return {
        "name": "春季认定", "exam_date": "2021-09-18", "target": "own_staff", "mode": "exam",
        "body": str(body), "form_key": KEY, **more,
    }  # fmt: skip


def test_three_equal_posts_make_one_batch_and_all_lead_to_it(
    clerk: FlaskClient, session: AnySession
) -> None:
    answers = [clerk.post("/batch/add", data=batch_form(session)) for _ in range(3)]
    assert [one.status_code for one in answers] == [302] * 3, answers[0].text[-3000:]
    assert len({one.location for one in answers}) == 1
    assert count(session, Batch) == 1
    page = clerk.get(answers[0].location).text
    assert AGAIN in page
    assert "已新增" in page


def test_the_same_form_with_other_content_is_another_act(
    clerk: FlaskClient, session: AnySession
) -> None:
    clerk.post("/batch/add", data=batch_form(session))
    clerk.post("/batch/add", data=batch_form(session, name="秋季认定"))
    clerk.post("/batch/add", data=batch_form(session, form_key="the key of a form opened anew"))
    assert count(session, Batch) == 3


def test_what_was_refused_can_be_sent_again_as_it_stands(
    clerk: FlaskClient, session: AnySession
) -> None:
    wrong = batch_form(session, exam_date="2021-02-30")
    for _ in range(2):
        assert clerk.post("/batch/add", data=wrong).status_code == 200
    assert count(session, SentForm) == 0
    assert count(session, Batch) == 0


def test_another_persons_form_is_not_answered_with_mine(
    app: Flask, clerk: FlaskClient, admin: FlaskClient, session: AnySession
) -> None:
    system = signed_in(app, SYSTEM_ADMIN)
    form = {"form_key": KEY, "name": "程序", "days": "30"}
    first = clerk.post("/profile/keys/new", data=form)
    other = system.post("/profile/keys/new", data=form)
    assert "skills_" in first.text
    assert "skills_" in other.text


def test_a_key_for_programs_is_made_once_and_shown_once(
    clerk: FlaskClient, session: AnySession
) -> None:
    form = {"form_key": KEY, "name": "考试系统", "days": "30"}
    first, second = (clerk.post("/profile/keys/new", data=form) for _ in range(2))
    secret = re.search(r"skills_\w+", first.text)
    assert secret is not None
    assert second.status_code == 303
    page = clerk.get(second.location).text
    assert page.count("考试系统") == 1 or page.count("停用“考试系统”") == 1
    assert "停用后另建一个" in page
    kept = session.scalars(select(SentForm)).one()
    assert kept.page == b""


def test_a_step_is_taken_once_and_the_second_click_sees_its_result(
    clerk: FlaskClient, session: AnySession
) -> None:
    clerk.post("/batch/add", data=batch_form(session))
    number = session.scalars(select(Batch.id).execution_options(unscoped=True)).one()
    form = {"note": "不再办理", "form_key": KEY}
    first, second = (clerk.post(f"/batch/{number}/move/withdraw", data=form) for _ in range(2))
    page = clerk.get(second.location).text
    assert AGAIN in page
    assert "已办理“" in page
    assert first.location == second.location
    assert count(session, Step) == 2  # made, withdrawn


def test_a_batch_act_shows_its_first_result_again(clerk: FlaskClient, session: AnySession) -> None:
    clerk.post("/batch/add", data=batch_form(session))
    number = session.scalars(select(Batch.id).execution_options(unscoped=True)).one()
    form = {"action": "withdraw", "rowid": str(number), "note": "不再办理", "form_key": KEY}
    first, second = (clerk.post("/batch/moves", data=form) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert "已办理" in second.text
    assert second.text == first.text
    # What the page may run is allowed by the word that stands in it.
    nonce = re.search(r'nonce="([\w-]+)"', second.text)
    assert nonce is not None
    assert nonce[1] in second.headers["Content-Security-Policy"]


def test_an_upload_is_staged_once(clerk: FlaskClient, session: AnySession) -> None:
    clerk.post("/batch/add", data=batch_form(session))
    number = session.scalars(select(Batch.id).execution_options(unscoped=True)).one()
    roster = ROOT / "tests/workbooks/roster-tidy.xlsx"
    made = []
    for _ in range(2):
        with roster.open("rb") as file:
            form = {"kind": "roster", "form_key": KEY, "file": (file, "名册.xlsx")}
            made.append(clerk.post(f"/batch/{number}/import/", data=form))
    assert [one.status_code for one in made] == [302, 302]
    assert made[0].location == made[1].location
    assert count(session, ImportRun) == 1
    accept = made[0].location + "/accept"
    done = [clerk.post(accept, data={"form_key": KEY}) for _ in range(2)]
    assert [one.location for one in done] == [f"{made[0].location}/done"] * 2
    assert AGAIN in clerk.get(done[1].location).text


def test_an_account_is_made_once(app: Flask, session: AnySession) -> None:
    system = signed_in(app, SYSTEM_ADMIN)
    page = system.get("/account/add").text
    assert 'name="form_key"' in page
    before = count(session, AppUser)
    form = {
        "username": "new-one", "name": "钱二", "role": "auditor", "form_key": KEY,
        "password": "Correct-horse-9", "again": "Correct-horse-9", "repeat": "Correct-horse-9",
        "centre_id": "1", "centre": "1",
    }  # fmt: skip
    answers = [system.post("/account/add", data=form) for _ in range(2)]
    if answers[0].status_code == 200:
        pytest.fail(answers[0].text[-4000:])
    assert count(session, AppUser) == before + 1
    assert answers[0].location == answers[1].location


def test_a_download_is_made_each_time(clerk: FlaskClient, session: AnySession) -> None:
    clerk.post("/batch/add", data=batch_form(session))
    form = {"export_scope": "all", "form_key": KEY}
    for _ in range(2):
        answer = clerk.post("/batch/export", data=form)
        assert answer.status_code == 200
        assert answer.data[:2] == b"PK"
    noted = select(func.count()).select_from(Change).where(Change.kind == "export")
    assert session.scalar(noted) == 2


def test_of_two_equal_posts_at_one_moment_one_makes_it_and_both_show_it(
    app: Flask, session: AnySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.core.records import record

    body = factories.body(session)
    session.commit()
    user = signed_in(app, BODY_CLERK, body_id=body.id)
    cookie = user.get_cookie("skills_session")
    assert cookie is not None
    meeting, real = threading.Barrier(2, timeout=20), record.put

    def put(*given: Any) -> None:
        meeting.wait()  # both have found that nobody was first
        real(*given)

    monkeypatch.setattr(record, "put", put)
    answers: list[Any] = []
    form = batch_form(session)

    def post() -> None:
        browser = app.test_client()
        browser.set_cookie("skills_session", cookie.value)
        answers.append(browser.post("/batch/add", data=form))

    session.commit()
    threads = [threading.Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0].location == answers[1].location
    assert count(session, Batch) == 1


def test_every_form_that_posts_carries_a_key(app: Flask) -> None:
    found = 0
    for path in sorted((ROOT / "app").rglob("templates/**/*.html")):
        text = path.read_text("utf-8")
        for form in re.findall(r'<form\b[^>]*method="post".*?</form>', text, re.DOTALL):
            found += 1
            # Nobody signs in twice; and what a busy server could not take is sent again as it was.
            known = path.name == "login.html" or "in filled_in" in form
            assert known or re.search(r"ui\.(csrf|once)\(\)", form), path
    assert found > 15
