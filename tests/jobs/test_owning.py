"""Does a person have what was asked for, no more at a time than fits, and nothing of others?"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core import jobs, scope
from app.core.accounts import acting
from app.core.errors import NotFound, RulesBroken, WrongState
from app.core.jobs import job_list, job_run
from app.core.roles import SYSTEM, Actor
from app.core.scope import AnySession
from app.core.tables import Job
from app.models import AppUser, Batch
from app.roles import BODY_CLERK, Officer
from app.services.documents import package
from app.services.documents.documents import Progress
from tests import factories
from tests.jobs.asking import asked, held, now
from tests.security.people import sign_in, signed_in

AT_ONCE = 8


def at_once(app: Flask, actor: Actor, numbers: list[int]) -> list[int | None]:
    """The jobs that as many requests get that ask at the same moment; None where refused."""
    gate = Barrier(len(numbers))

    def ask(number: int) -> int | None:
        with app.app_context():
            session = app.extensions["sqlalchemy"].session
            try:
                gate.wait(30)
                return job_list.ask(session, actor, "package", "filing", number, "材料").id
            except RulesBroken:
                return None
            finally:
                session.remove()

    with ThreadPoolExecutor(len(numbers)) as pool:
        return [*pool.map(ask, numbers)]


def move(session: AnySession, actor: Actor, body_id: int) -> Actor:
    """The person, moved to another body."""
    with scope.acting(session, SYSTEM):
        user = session.get(AppUser, actor.id)
        assert user is not None
        user.body_id = body_id
        session.commit()
        return acting.actor_of(user)


def test_equal_wishes_at_one_moment_are_one_job(
    app: Flask, session: AnySession, clerk: Actor
) -> None:
    assert len(set(at_once(app, clerk, [9000] * AT_ONCE))) == 1
    assert session.scalar(select(func.count()).select_from(Job)) == 1


def test_no_more_wait_than_may_however_many_are_asked_for_at_one_moment(
    app: Flask, session: AnySession, clerk: Actor
) -> None:
    given = at_once(app, clerk, [9000 + number for number in range(AT_ONCE)])
    assert given.count(None) == AT_ONCE - job_list.MOST_WAITING
    assert session.scalar(select(func.count()).select_from(Job)) == job_list.MOST_WAITING


def test_what_waits_is_cancelled_by_a_button_and_makes_room(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    browser = signed_in(app, BODY_CLERK, body_id=batch.body_id)
    clerk = acting.actor_for(session, "body-clerk")
    job = asked(session, clerk, batch)
    page = browser.get(f"/jobs/{job.id}").text
    assert f'formaction="/jobs/{job.id}/cancel"' in page
    assert re.search('data-confirm="确定取消“[^"]+？', page)
    answer = browser.post(f"/jobs/{job.id}/cancel", follow_redirects=True)
    assert "已取消" in answer.text
    assert "取消生成" not in answer.text
    assert "已取消" in browser.get("/jobs/").text
    assert job_run.begin(session, job.id, "one", 60) is None
    assert asked(session, clerk, batch).id != job.id


def test_what_is_being_made_ends_at_its_next_step_when_it_is_cancelled(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(session, clerk, batch)
    came: list[int] = []

    def made(*args: object) -> str:
        progress = args[-1]
        assert callable(progress)
        _cancel_elsewhere(app, clerk, job.id)
        report: Progress = progress
        report(1, 2)
        came.append(1)
        return "甲.zip"

    monkeypatch.setattr(package, "make", made)
    jobs.put(job.id)
    assert came == []
    assert (now(session, job).state, now(session, job).filename) == ("cancelled", "")
    assert [*job_list.parts_of(session, job.id)] == []


def _cancel_elsewhere(app: Flask, actor: Actor, job_id: int) -> None:
    def cancel() -> None:
        with app.app_context():
            session = app.extensions["sqlalchemy"].session
            job_list.cancel(session, actor, job_id)
            session.remove()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(cancel).result(20)


def test_what_has_ended_is_not_cancelled_and_others_cancel_nothing(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor
) -> None:
    job = asked(session, clerk, batch)
    stranger = signed_in(app, BODY_CLERK, "stranger", body_id=factories.body(session, "X").id)
    assert stranger.post(f"/jobs/{job.id}/cancel").status_code == 404
    job_run.fail(session, held(session, job), "没有做成")
    with pytest.raises(WrongState, match="已经结束"):
        job_list.cancel(session, clerk, job.id)
    assert now(session, job).state == "failed"


@pytest.mark.parametrize("kind", ["package", "paper", "applications"])
def test_who_is_moved_to_another_body_sees_nothing_of_the_former_one(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor, kind: str
) -> None:
    detail = {"package": "filing", "paper": "roster.pdf", "applications": "pdf.1"}[kind]
    job = job_list.ask(session, clerk, kind, detail, batch.id, "材料")
    other = factories.body(session, "OTHER").id
    browser = app.test_client()
    sign_in(browser, clerk.username)
    jobs.put(job.id)
    assert browser.get(f"/jobs/{job.id}").status_code == 200

    moved = move(session, clerk, other)
    assert job_list.of_actor(session, moved) == []
    for tail in ("", "/state", "/file"):
        assert browser.get(f"/jobs/{job.id}{tail}").status_code == 404
    assert "材料" not in browser.get("/jobs/").text.partition("<main")[2].partition("还没有")[0]
    assert move(session, clerk, batch.body_id).body_id == batch.body_id
    assert browser.get(f"/jobs/{job.id}").status_code == 200


def test_a_batch_that_leaves_the_scope_takes_its_packages_along(
    session: AnySession, batch: Batch, clerk: Actor
) -> None:
    job = asked(session, clerk, batch)
    assert job_list.find(session, clerk, job.id).id == job.id
    with scope.acting(session, SYSTEM):
        batch.body = factories.body(session, "HEIR")
        session.commit()
    with pytest.raises(NotFound):
        job_list.find(session, clerk, job.id)
    assert job_list.of_actor(session, clerk) == []


def test_a_job_asked_for_at_one_place_is_not_made_at_another(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor
) -> None:
    job = asked(session, clerk, batch)
    move(session, clerk, factories.body(session, "OTHER").id)
    jobs.put(job.id)
    assert now(session, job).state == "failed"
    assert "变动" in now(session, job).message


def test_where_somebody_stood_is_reported_as_it_was_when_the_job_was_stored() -> None:
    """Jobs keep this digest for days: another one would hide them from who asked for them."""
    clerk = Officer(1, "x", "x", frozenset({BODY_CLERK}), body_id=3)
    assert job_list.place_of(clerk) == (
        "49e564c19fd2dde46fcb61affe0e0743ac0ee42bde0126dbc98d321e4c2b3926"
    )
    province = Officer(
        2, "y", "y", frozenset({"province_admin"}), centre_id=1, centre_level="province"
    )
    assert job_list.place_of(province) == (
        "d6d9a0e4d5f81181f853499269b12455f85e930294188590cafd02294dda7e3e"
    )
