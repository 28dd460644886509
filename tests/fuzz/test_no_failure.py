"""Does anything that somebody can send make the product fail? Thousands of seeded requests ask."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from typing import Any

from flask import Flask

from app.roles import BODY_CLERK, PROVINCE_ADMIN, SYSTEM_ADMIN
from tests.fuzz.hostile import Hostile
from tests.fuzz.requests import Asked, request_for, routes_of
from tests.security.people import PASSWORD, sign_in, someone

ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "1000"))
SEED = int(os.environ.get("FUZZ_SEED", "20211130"))


def send(client: Any, asked: Asked, more: dict[str, str]) -> Any:
    headers = asked.headers.copy()
    for name, value in more.items():
        headers.setdefault(name, value)
    return client.open(
        asked.path,
        method=asked.method,
        query_string=asked.query,
        headers=headers,
        data=asked.body,
        content_type=asked.content_type or None,
    )


def failures(app: Flask, client: Any, back: Callable[[], Any], more: Any, seed: int) -> list[str]:
    hostile, found = Hostile(seed), []
    routes = routes_of(app)
    for number in range(ROUNDS):
        asked = request_for(hostile, hostile.one(hostile.one(routes)))
        try:
            answer = send(client, asked, more if asked.path.startswith("/api/") else {})
            status, said = answer.status_code, ""
        except Exception as error:
            status, said = 500, "".join(traceback.format_exception(error)[-6:])[-1500:]
        else:
            if status == 302 and answer.location.startswith("/login/"):
                back()
        if status >= 500:
            found.append(f"#{number} {asked}\n{said}")
    return found


def listing(found: list[str]) -> str:
    return f"{len(found)} failures\n" + "\n".join(found[: int(os.environ.get("FUZZ_SHOWN", "8"))])


def run(app: Flask, role: str, seed: int, **more: Any) -> list[str]:
    from app.core.security import keys

    user = someone(role, **more)
    key = keys.issue(user, "fuzz", 30)
    client = app.test_client()
    back = lambda: sign_in(client, user.username, PASSWORD)  # noqa: E731 - a word for one line
    back()
    return failures(app, client, back, {"Authorization": f"Bearer {key}"}, seed)


def test_nothing_that_the_provinces_administrator_sends_is_answered_by_500(
    app: Flask, ours: Any
) -> None:
    found = run(app, PROVINCE_ADMIN, SEED + 2)
    assert not found, listing(found)


def test_nothing_that_an_administrator_sends_is_answered_by_500(app: Flask, ours: Any) -> None:
    found = run(app, SYSTEM_ADMIN, SEED)
    assert not found, listing(found)


def test_nothing_that_a_clerk_of_a_body_sends_is_answered_by_500(app: Flask, ours: Any) -> None:
    found = run(app, BODY_CLERK, SEED + 1, body_id=ours.body.id)
    assert not found, listing(found)
