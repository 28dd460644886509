"""How does the server start, by ``flask --app run …`` or by ``python run.py``?"""

from __future__ import annotations

import errno
import gc
import signal
import sys
import threading
import time
from types import FrameType, TracebackType
from typing import Any, NoReturn

import click
from flask import Flask
from sqlalchemy.exc import DatabaseError
from waitress.channel import HTTPChannel
from waitress.server import create_server
from werkzeug.security import check_password_hash

from app import create_app
from app.core import jobs
from app.core.database import BUSY, db, is_busy, put_log_away
from app.core.errors import AppError, DiskTrouble
from app.core.jobs import sweeper
from app.core.upkeep import readiness, serving
from config import use_local_time
from seed.demo_accounts import DEMO_ACCOUNTS, DemoAccount

BAD_START = 2
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: Seconds between checks whether the last request has been answered.
GLANCE = 0.05


def stop(message: str) -> NoReturn:
    """End the process with ``message`` on standard error."""
    print(message, file=sys.stderr)
    raise SystemExit(BAD_START)


def build() -> Flask:
    """Return the application; on bad settings or an unfit database, exit with the reason."""
    use_local_time()
    sys.excepthook = say_refusal
    try:
        made = create_app()
        # What is assembled stays until the end: no later search for garbage has to walk it.
        gc.freeze()
        # Commands check the database themselves, since some of them exist to update it.
        if click.get_current_context(silent=True) is None:
            with made.app_context():
                readiness.check(db.engine)
    except (AppError, DiskTrouble) as refusal:
        stop(refusal.message)
    return made


def say_refusal(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Print expected errors of any command as one sentence instead of a traceback."""
    if isinstance(error, AppError | DiskTrouble):
        print(error.message, file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


def open_demo_accounts(flask_app: Flask) -> list[DemoAccount]:
    """Return the demo accounts that work in this database; exit if it has no tables yet."""
    with flask_app.app_context():
        find = flask_app.extensions["appbuilder"].sm.find_user
        try:
            users = [(account, find(username=account.username)) for account in DEMO_ACCOUNTS]
        except DatabaseError as error:
            if is_busy(error):
                stop(f"{BUSY}：另一个程序正在写入，没有启动。")
            stop("数据库连接不上，或还没有建表。请检查设置项 DATABASE_URL，再运行 make setup。")
        return [
            account
            for account, user in users
            if user and user.is_active and check_password_hash(user.password, account.password)
        ]


def greeting(host: str, port: int, accounts: list[DemoAccount]) -> str:
    """Return the text for the terminal once the server is running."""
    shown = f"[{host}]" if ":" in host else host
    lines = [f"系统已启动：http://{shown}:{port}/", "按 Ctrl+C 停止。"]
    if accounts:
        lines += ["", "演示帐号（用户名  密码  归属  身份）："]
        lines += [
            f"  {account.username:<12} {account.password:<14} {account.place}  {account.name}"
            for account in accounts
        ]
    if accounts and host not in LOOPBACK:
        lines += ["", "注意：本服务对网络开放，而上面的演示帐号密码是公开的，请先停用它们。"]
    return "\n".join(lines)


def serve(flask_app: Flask) -> None:
    """Answer requests until stopped; exit with the remedy if the port is not available."""
    host, port = flask_app.config["HOST"], flask_app.config["PORT"]
    accounts = open_demo_accounts(flask_app)
    stopping = Stop(flask_app)
    try:
        server = create_server(
            stopping.answer,
            map=stopping.connections,
            host=host,
            port=port,
            threads=flask_app.config["THREADS"],
            ident=None,
            # Above the application's own limit, so that users see its Chinese error page.
            max_request_body_size=4 * flask_app.config["MAX_CONTENT_LENGTH"],
            **_proxy_settings(flask_app.config["TRUSTED_PROXY"]),
        )
    except OSError as error:
        stop(_cannot_listen(error, host, port))
    except ValueError:  # raised by the server for a host name without address
        stop(f"设置项 HOST 的值“{host}”不是一个地址。请填写本机的地址，如 127.0.0.1 或 0.0.0.0。")
    stopping.listen()
    jobs.start(flask_app)
    sweeping = sweeper.start(flask_app)
    print(greeting(host, port, accounts), flush=True)
    server.run()
    sweeping.stop()
    stopping.clear_up()


class Stop:
    """Stops the server: requests in progress are finished, new ones are refused.

    The first signal starts this, for at most ``STOP_SECONDS``; a second one ends it at once.
    """

    def __init__(self, flask_app: Flask) -> None:
        self.app, self.seconds = flask_app, flask_app.config["STOP_SECONDS"]
        self.asked = False
        self.end = 0.0
        self.connections: dict[int, Any] = {}

    def listen(self) -> None:
        """Handle the signals by which people and service managers stop a program."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._signalled)

    def answer(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Pass the request to the application, or refuse it while stopping."""
        return (self._closed if self.asked else self.app)(environ, start_response)

    def clear_up(self) -> None:
        """Clean up after the last answer: requeue the job, close connections, merge the log."""
        jobs.stop(self.app, max(1.0, self.end - time.monotonic()))
        with self.app.app_context():
            put_log_away(db.engine)
        print("系统已停止。", flush=True)

    def _signalled(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:  # the time limit was reached, or someone sent a second signal
            raise SystemExit
        self.asked, self.end = True, time.monotonic() + self.seconds
        # Use a thread: the signal may have interrupted this one within a print or holding a lock.
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        """Wait until the server's loop has sent the answers in progress, then end the loop."""
        print(f"正在停止：等待进行中的请求完成（最多 {self.seconds} 秒）……", flush=True)
        jobs.stop_soon(self.app)
        while self._busy() and time.monotonic() < self.end:
            time.sleep(GLANCE)
        signal.raise_signal(signal.SIGTERM)

    def _busy(self) -> bool:
        channels = [one for one in [*self.connections.values()] if isinstance(one, HTTPChannel)]
        return any(one.requests or one.total_outbufs_len for one in channels)

    def _closed(self, _environ: dict[str, Any], start_response: Any) -> list[bytes]:
        body = "系统正在停止或更新，刚才的操作没有办理。请稍等片刻，刷新后重试。".encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", f"{len(body)}"),
            ("Retry-After", "30"),
        ]
        start_response("503 Service Unavailable", headers)
        return [body]


def _proxy_settings(address: str) -> dict[str, object]:
    if not address:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": address,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        "clear_untrusted_proxy_headers": True,
    }


def _cannot_listen(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"端口 {port} 已被占用，可能系统已经启动。"
            f"请先停止占用它的程序，或换一个端口：PORT={port + 1} make run"
        )
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {port}。请换一个 1024 以上的端口：PORT=8080 make run"
    return f"无法在 {host}:{port} 上启动（{error.strerror}）。请检查设置项 HOST 和 PORT。"


app = build()


def hold(flask_app: Flask) -> object:
    """Mark the database as in use by a server for as long as the returned object lives."""
    with flask_app.app_context():
        try:
            return serving.hold(db.engine)
        except AppError as refusal:
            stop(refusal.message)


if __name__ == "__main__":
    held = hold(app)
    serve(app)
