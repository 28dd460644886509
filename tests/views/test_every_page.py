"""Does every page of every table open, cheaply, in Chinese, and without changing anything?

Walks all screens as several people; a table that is added is in it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from app.core.scope import AnySession
from app.core.tables import CodeItem, CodeKind
from app.core.views.base import EntityView
from app.models import Batch
from app.roles import AUDITOR, BODY_CLERK, CITY_CLERK, SYSTEM_ADMIN
from tests import factories
from tests.views.conftest import SignIn
from tests.views.pages import keys, words
from tests.views.world import World

LIST_CEILING, FORM_CEILING, PAGE_CEILING = 10, 8, 20
#: The time line names related rows: one statement for each table that changes refer to.
TIMELINE_CEILING = 27
#: The check before filing asks for all that belongs to a batch, once each.
CHECK_CEILING = 50
READS = ("SELECT", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "SHOW", "WITH")
SIGN_IN = ("UPDATE ab_user",)

#: Latin words that Chinese offices use as they are, and what the tests' own rows contain.
ALLOWED = {
    "Excel", "CSV", "SHA", "PDF", "MB", "KB", "xlsx", "csv", "pdf", "jpg", "jpeg", "png", "doc",
    "docx", "xls", "zip", "txt", "DEMO", "AAA", "BBB", "SYSTEM", "Shift", "Word",
    # The letters of a 20-digit certificate number, as its rule names them.
    "RSW",
}  # fmt: skip


def screens(app: Flask) -> list[EntityView]:
    views = app.extensions["appbuilder"].baseviews
    return [view for view in views if isinstance(view, EntityView)]


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that reaches the database inside the block."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement.lstrip())

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


def pages(view: EntityView, world: World) -> list[str]:
    """The pages of one table that a GET opens, for the world's row."""
    row, base = world.row(view.model), view.route_base
    found = [f"{base}/list/", f"{base}/list/?q=1&sort=-id&page=2", f"{base}/show/{row.id}"]
    tabs = ["timeline", *(child.datamodel.obj.__tablename__ for child in view.related_views)]
    tabs += ["check"] if view.model is Batch else []
    found += [f"{base}/show/{row.id}?tab={tab}" for tab in tabs]
    if "add" not in view.exclude_route_methods:
        found += [f"{base}/add", f"{base}/edit/{row.id}"]
    return found


def ceiling(url: str) -> int:
    if "/list/" in url:
        return LIST_CEILING
    if "timeline" in url:
        return TIMELINE_CEILING
    if "tab=check" in url:
        return CHECK_CEILING
    return PAGE_CEILING if "/show/" in url else FORM_CEILING


def test_every_page_opens_within_its_number_of_statements_and_writes_nothing(
    app: Flask, province: FlaskClient, ours: World
) -> None:
    opened = 0
    for view in screens(app):
        for url in pages(view, ours):
            with statements() as seen:
                answer = province.get(url)
            assert answer.status_code in (200, 302), url
            written = [one for one in seen if not one.upper().startswith(READS)]
            assert not written, (url, written)
            asked = [one for one in seen if one.upper().startswith("SELECT")]
            assert len(asked) <= ceiling(url), (url, len(asked), asked)
            opened += answer.status_code == 200
    assert opened > 150


def test_a_list_costs_the_same_whatever_its_length(
    app: Flask, session: AnySession, province: FlaskClient, ours: World
) -> None:
    def cost(url: str) -> tuple[int, int]:
        with statements() as seen:
            page = province.get(url).text
        return len([one for one in seen if one.startswith("SELECT")]), len(keys(page))

    urls = ["/candidate/list/?size=100", "/batch/list/?size=100", "/work_type/list/?size=100"]
    urls += [f"/body/show/{ours.body.id}?tab=batch"]
    before = [cost(url) for url in urls]
    for at in range(12):
        batch = factories.batch(session, ours.body, f"MORE-{at}")
        factories.candidates(session, batch, 3, seed=at)
    after = [cost(url) for url in urls]
    assert [one for one, _ in after] == [one for one, _ in before]
    assert after[0][1] == before[0][1] + 36


@pytest.mark.parametrize("role", [BODY_CLERK, CITY_CLERK, SYSTEM_ADMIN, AUDITOR])
def test_every_page_speaks_chinese_to_everybody(
    app: Flask, sign_in: SignIn, ours: World, role: str
) -> None:
    browser = sign_in(role, ours)
    for view in screens(app):
        for url in pages(view, ours):
            if "tab=" in url and "timeline" not in url:
                continue
            answer = browser.get(url, follow_redirects=True)
            assert answer.status_code in (200, 403, 404), url
            assert not english(answer.text, view), url


def test_every_refused_form_speaks_chinese(app: Flask, province: FlaskClient, ours: World) -> None:
    for view in screens(app):
        if "add" in view.exclude_route_methods:
            continue
        nonsense = dict.fromkeys(view.add_columns, "?")
        for data in ({}, nonsense):
            answer = province.post(f"{view.route_base}/add", data=data)
            if answer.status_code == 302 and data:
                continue
            assert answer.status_code == 200, (view.model, data)
            assert "没有保存" in answer.text, view.model
            assert not english(answer.text, view), (view.model, data)


def english(page: str, view: EntityView) -> set[str]:
    """Latin words that nobody in the office would write."""
    made_up = re.compile(r"[A-Z]{3}\d+甲\w*")
    found: set[str] = set()
    for one in words(page):
        plain = made_up.sub("", one)
        plain = re.sub(r"[\w.+-]*\d[\w.-]*|\S+@\S+", "", plain)
        found |= set(re.findall(r"[A-Za-z]{2,}", plain))
    return found - ALLOWED - (_codes() if view.model in (CodeItem, CodeKind) else set())


def _codes() -> set[str]:
    """The stored values of the code lists: where they are kept, they are what is shown."""
    session = current_app.extensions["sqlalchemy"].session
    stored = [*session.scalars(select(CodeItem.code)), *session.scalars(select(CodeKind.kind))]
    return {word for code in stored for word in re.findall(r"[A-Za-z]{2,}", code)}
