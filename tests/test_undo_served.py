"""On the shipped server: do eight who press 撤销 at once get one undo, and seven an answer?"""

from __future__ import annotations

import html
import http.cookiejar
import re
import threading
import urllib.parse
import urllib.request

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session
from werkzeug.security import generate_password_hash

from app.core import scope
from app.core.bulk import row_changes
from app.core.bulk.row_edit import RowEdit
from app.core.roles import SYSTEM
from app.core.tables import Operation
from app.models import Candidate
from app.roles import BODY_CLERK
from tests import factories
from tests.test_run import served

__all__ = ["served"]

PASSWORD = "Prüfung-2021-甲"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Browser:
    """A person at the shipped server, over a socket."""

    def __init__(self, base: str) -> None:
        self.base, self.jar = base, http.cookiejar.CookieJar()

    def ask(self, path: str, **posted: str) -> str:
        """The page behind this address, and behind where it leads."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        data = urllib.parse.urlencode(posted).encode() if posted else None
        with opener.open(self.base + path, data, timeout=60) as answer:
            text: str = answer.read().decode()
        return text

    def token(self, page: str) -> str:
        found = TOKEN.search(page)
        assert found is not None
        return found[1]

    def fields(self, page: str) -> dict[str, str]:
        """What the hidden fields of a page would send."""
        return {name: html.unescape(value) for name, value in HIDDEN.findall(page)}

    def enter(self, username: str) -> None:
        assert "退出" in self.enter_as(username, PASSWORD)

    def enter_as(self, username: str, password: str) -> str:
        token = self.token(self.ask("/login/"))
        return self.ask("/login/", username=username, password=password, csrf_token=token)

    def twin(self) -> Browser:
        """The same person in another window."""
        other = Browser(self.base)
        for cookie in self.jar:
            other.jar.set_cookie(cookie)
        return other


def test_of_eight_undos_at_once_one_is_done_and_seven_are_told_who_did_it(
    session: scoped_session[Session], served: str
) -> None:
    scope.bind(session, SYSTEM)
    body = factories.body(session)
    person = factories.user(session, BODY_CLERK, body=body)
    person.password = generate_password_hash(PASSWORD)
    people = factories.candidates(session, factories.batch(session, body), 3)
    edits = [RowEdit(one.id, {"post": "焊工"}, one.version) for one in people]
    name = row_changes.write(session, SYSTEM, Candidate, edits, source="bulk").operation
    browser = Browser(served)
    browser.enter(person.username)
    path = f"/operation/show/{name}"
    token = browser.token(browser.ask(path))
    pages: list[str] = []
    gate = threading.Barrier(8)

    def press(window: Browser) -> None:
        gate.wait(timeout=20)
        pages.append(window.ask(f"/operation/undo/{name}", csrf_token=token))

    threads = [threading.Thread(target=press, args=(browser.twin(),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=90)
    assert sum("已撤销“批量修改 3 条”，共 3 条" in page for page in pages) == 1
    assert sum(f"这次操作已由{person.last_name}于" in page for page in pages) == 7
    session.expire_all()
    assert {one.post for one in people} == {"操作工"}
    assert session.scalar(select(func.count()).select_from(Operation)) == 2

    redo = session.scalars(select(Operation.name).where(Operation.undoes == name)).one()
    assert "已重做" in browser.ask(f"/operation/undo/{redo}", csrf_token=token)
    session.expire_all()
    assert {one.post for one in people} == {"焊工"}
