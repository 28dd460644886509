"""How does the product stand on a port of its own, on a day that the journey chooses?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from app.core import clock, scope
from app.core.accounts import acting
from app.core.database import db
from app.core.roles import SYSTEM, Actor
from app.core.scope import AnySession
from seed.demo_accounts import DEMO_ACCOUNTS

FIRST_DAY = date(2021, 4, 12)


@dataclass
class Office:
    """The served product: its address and the day that it takes for today."""

    app: Flask
    url: str = ""
    today: date = FIRST_DAY

    def answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The product as a WSGI application whose clock stands on ``today``."""
        with clock.set_to(self.today):
            return self.app(environ, start_response)

    @contextmanager
    def backstage(self, username: str = "") -> Iterator[tuple[AnySession, Actor]]:
        """The product's session and a person (the system by default), for what needs no screen."""
        with self.app.app_context(), clock.set_to(self.today):
            actor = acting.actor_for(db.session, username, "screen") if username else SYSTEM
            with scope.acting(db.session, actor):
                yield db.session, actor

    def password_of(self, username: str) -> str:
        """The password that the demo centre gave this person."""
        return next(one.password for one in DEMO_ACCOUNTS if one.username == username)


def lay_foundations(url: str, folder: Path) -> Flask:
    """The product with its real settings on a new database that holds the demo's people."""
    from flask_migrate import upgrade

    from app import create_app
    from app.core.accounts.bootstrap import bootstrap
    from config import read_settings
    from seed import demo, reference

    settings = read_settings({"DATABASE_URL": url, "SECRET_KEY": "only-for-tests-" * 3})
    app = create_app({**settings, "UPLOAD_FOLDER": str(folder)})
    with app.app_context():
        upgrade()
        bootstrap()
        reference.load()
        demo.load(batches=False)
    return app


def let_go(app: Flask) -> None:
    """Close every connection, so that the database can be put back."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@contextmanager
def serve(app: Flask) -> Iterator[Office]:
    """The product on waitress at a free port of this machine, until the block ends."""
    office = Office(app)
    server = create_server(office.answer, host="127.0.0.1", port=0, threads=4, ident=None)
    office.url = f"http://127.0.0.1:{server.effective_port}"
    thread = Thread(target=server.run, name="waitress")
    thread.start()
    try:
        yield office
    finally:
        # In the server's own thread: its channels are nobody else's to close.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(timeout=20)
        server.task_dispatcher.shutdown()
    assert not thread.is_alive()
