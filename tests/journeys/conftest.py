"""What does a journey start from? The real server in the spring of 2021, and people at browsers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from tests.database import wants_postgresql
from tests.journeys.office import Office, lay_foundations, let_go, serve
from tests.journeys.pages import Desk
from tests.journeys.watch import Watch
from tests.servers import Database

HERE = Path(__file__).parent
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


#: What is walked on every database; what else is looked at looks the same on each of them.
ON_EVERY_DATABASE = frozenset({"test_batch.py", "test_bulk.py"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Look at screens once, on SQLite; on PostgreSQL walk what writes most."""
    if not wants_postgresql(dict(os.environ)):
        return
    seen = pytest.mark.skip(reason="界面已在 SQLite 上看过；PostgreSQL 上只走整条流程和批量修改")
    for item in items:
        if item.path.parent == HERE and item.path.name not in ON_EVERY_DATABASE:
            item.add_marker(seen)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Debian's browser is; without it nothing of this folder can be tested."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("没有 Chromium，浏览器测试不运行；安装：apt-get install chromium")
    return path


@pytest.fixture(scope="session")
def foundations(
    chromium_path: str, database_server: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Flask, Database]:
    """The product on a database of its own, with the demo centre's people but none of its batches.

    It runs with its real settings: forged posts and hasty logins are refused here too.
    """
    database: Database = database_server.create("journey")
    app = lay_foundations(database.url, tmp_path_factory.mktemp("uploads"))
    let_go(app)
    database.keep()
    return app, database


@pytest.fixture
def office(foundations: tuple[Flask, Database]) -> Iterator[Office]:
    """The product at an address, on the first day of the journey; gone without a trace."""
    app, database = foundations
    with serve(app) as made:
        yield made
    let_go(app)
    database.restore()


@pytest.fixture
def chromium(chromium_path: str) -> Iterator[Browser]:
    """A browser that shows nothing to anybody."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


class Staff:
    """The people of the journey; each sits at a browser of their own and signs in once."""

    def __init__(self, chromium: Browser, office: Office, watch: Watch) -> None:
        self.chromium, self.office, self.watch = chromium, office, watch
        self._desks: dict[str, Desk] = {}

    def __getitem__(self, username: str) -> Desk:
        if username not in self._desks:
            context = self.chromium.new_context(
                base_url=self.office.url,
                viewport={"width": 1366, "height": 768},
                locale="zh-CN",
                accept_downloads=True,
            )
            self.watch.over(context)
            desk = Desk(context.new_page(), self.watch)
            desk.sign_in(username, self.office.password_of(username))
            self._desks[username] = desk
        return self._desks[username]


@pytest.fixture
def watch(office: Office) -> Iterator[Watch]:
    """What no page may do; judged when the journey is over."""
    made = Watch(office.url)
    yield made
    assert not made.complaints, "\n".join(made.complaints)


@pytest.fixture
def staff(chromium: Browser, office: Office, watch: Watch) -> Staff:
    """People who sign in when they are first called."""
    return Staff(chromium, office, watch)
