"""The library opens: its tables, a branch here and one there, and three people at their desks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from app.core import scope
from app.core.accounts import accounts, acting
from app.core.accounts.bootstrap import bootstrap
from app.core.assembly import assemble
from app.core.database import db
from app.core.roles import SYSTEM
from app.core.security import keys
from app.core.setting import Reader
from app.core.settings import read
from app.core.tables import CodeItem, CodeKind
from tests.client import IsolatedClient
from tests.core.library.trade import PRODUCT, Book, Borrower, Branch, Loan

PASSWORD = "Library-2021-X"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("library")
    url = f"sqlite:///{folder / 'library.db'}"
    settings = {
        **read(Reader({"DATABASE_URL": url, "SECRET_KEY": "only-for-tests-" * 3}), folder),
        "APP_NAME": "图书馆", "AUTH_ROLE_ADMIN": "head",
        "TESTING": True, "WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False,
        "AUTH_RATE_LIMITED": False, "UPLOAD_FOLDER": str(folder),
    }  # fmt: skip
    create_engine(url).connect().close()
    app = assemble(PRODUCT, settings)
    app.test_client_class = IsolatedClient
    with app.app_context(), scope.acting(db.session, SYSTEM):
        db.create_all()
        bootstrap()
        _open()
    return app


def _open() -> None:
    east, west = Branch(name="东馆"), Branch(name="西馆")
    kind = CodeKind(kind="genre", title="类别")
    db.session.add_all([east, west, kind])
    db.session.flush()
    for code, name in (("novel", "小说"), ("craft", "技艺")):
        db.session.add(CodeItem(kind=kind, code=code, name=name))
    for at, mark in ((east, "E"), (west, "W")):
        book = Book(isbn=f"{mark}1", title=f"{at.name}之书", genre="novel", copies=1, branch=at)
        reader = Borrower(name=f"{at.name}读者", phone="13900001234", branch=at)
        loan = Loan(no=f"JY-{mark}", book=book, reader=reader, until=date(2021, 6, 1))
        loan.state = "asked"
        db.session.add_all([book, reader, loan])
    db.session.flush()
    for name, role, at in (("east", "desk", east), ("west", "desk", west), ("head", "head", None)):
        place = {"branch": at.id if at is not None else None}
        account = accounts.Account(f"{name}-desk", f"馆员{name}", role, places=place)
        accounts.add(db.session, SYSTEM, account, PASSWORD)


def _signed_in(library: Flask, name: str) -> FlaskClient:
    client = library.test_client()
    answer = client.post("/login/", data={"username": f"{name}-desk", "password": PASSWORD})
    assert answer.status_code == 302, answer.text
    return client


@pytest.fixture(scope="module")
def east(library: Flask) -> FlaskClient:
    """The desk of the eastern branch."""
    return _signed_in(library, "east")


@pytest.fixture(scope="module")
def west(library: Flask) -> FlaskClient:
    """The desk of the western branch."""
    return _signed_in(library, "west")


@pytest.fixture(scope="module")
def head(library: Flask) -> FlaskClient:
    """Who leads the library and belongs to no branch."""
    return _signed_in(library, "head")


@pytest.fixture(scope="module")
def program(library: Flask) -> Any:
    """A program that speaks for the eastern desk."""
    with library.app_context(), scope.acting(db.session, SYSTEM):
        user = acting.user_by_id(db.session, 1)
        assert user is not None
        head = {"Authorization": f"Bearer {keys.issue(user, '图书馆网站', 30)}"}
    client = library.test_client()
    return lambda method, path, **more: client.open(
        f"/api/v1/{path}", method=method, headers=head, **more
    )


@pytest.fixture
def rows(library: Flask) -> Any:
    """What stands in the database: the values of a column, in the order of the keys."""

    def read(column: Any, *where: Any) -> list[Any]:
        with library.app_context(), scope.acting(db.session, SYSTEM):
            return list(db.session.scalars(db.select(column).where(*where)))

    return read


def words(html: str) -> str:
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
