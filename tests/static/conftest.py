"""How does a test look at a page of ours in a real browser without a server?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask, render_template, request
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Route, sync_playwright

from tests.templates.shell import bare_app

ROWS: list[dict[str, Any]] = [
    {
        "pk": pk,
        "cells": [{"text": f"批次{pk}"}],
        "actions": [
            {
                "label": "删除",
                "url": f"/delete/{pk}",
                "method": "post",
                "danger": True,
                "confirm": f"确定删除批次{pk}？",
            }
        ],
    }
    for pk in (1, 2, 3)
]
MOVES = [
    {
        "url": "/act",
        "name": "action",
        "value": "approve",
        "label": "审核通过",
        "confirm": "通过所选 {n} 个批次？",
        "note": "optional",
    },
    {
        "url": "/act",
        "name": "action",
        "value": "return",
        "label": "退回",
        "confirm": "退回 {n} 个批次。",
        "note": "required",
    },
]


@dataclass
class Posted:
    """What the pages posted: path and fields, in order."""

    acts: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)


@dataclass
class Browser:
    """A page of the browser and what reached the server from it."""

    page: Page
    posted: list[tuple[str, dict[str, list[str]]]]
    complaints: list[str]


def pages(posted: Posted) -> Flask:
    """A list with moves, and a record that answers what was posted."""
    app = bare_app()

    @app.get("/list")
    def show_list() -> str:
        chosen = {"id": 7, "keys": frozenset({1, 2, *range(10, 241)})}
        kept = request.args.get("selection")
        rows = [row | {"picked": bool(kept) and row["pk"] in chosen["keys"]} for row in page_of()]
        return render_template(
            "entity/list.html", title="认定批次", columns=[{"name": "no", "label": "编号"}],
            rows=rows, total=234, page=1, pages=[], bulk=MOVES, select_url="/select",
            query_string="state=filed", quick_search="", chosen=chosen if kept else None,
        )  # fmt: skip

    def page_of() -> list[dict[str, Any]]:
        first = 3 * (int(request.args.get("page", "1")) - 1)
        return [row | {"pk": row["pk"] + first} for row in ROWS]

    @app.get("/record")
    def show_record() -> str:
        tabs = [
            {"key": "detail", "label": "基本信息", "groups": [{"title": "一", "fields": []}]},
            {"key": "steps", "label": "办理过程", "timeline": []},
            {"key": "scores", "label": "成绩"},
        ]
        head = {"number": "1", "title": "批次", "state": "待审核", "colour": "blue"}
        chosen = request.args.get("tab")
        return render_template(
            "entity/show.html", title="批次", head=head, tabs=tabs, active_tab=chosen
        )

    @app.post("/<path:path>")
    def take(path: str) -> str:
        posted.acts.append((f"/{path}", request.form.to_dict(flat=False)))
        return "收到"

    @app.after_request
    def guard(answer):  # type: ignore[no-untyped-def]
        policy = "default-src 'self'; script-src 'self' 'nonce-nonce-of-the-request'"
        answer.headers["Content-Security-Policy"] = policy
        return answer

    return app


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """A real browser, started once for the tests of a module; each has a profile of its own."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Browser]:
    """A page of a new profile, whose requests our bare application answers."""
    posted, complaints = Posted(), []
    client = pages(posted).test_client()

    def answer(route: Route) -> None:
        asked = route.request
        address = urlsplit(asked.url)
        if address.hostname != "shell.test":
            complaints.append(f"left the host: {asked.url}")
            return route.abort()
        reply = client.open(
            f"{address.path}?{address.query}",
            method=asked.method,
            data=asked.post_data_buffer,
            content_type=asked.headers.get("content-type"),
            base_url="http://shell.test",
        )
        return route.fulfill(status=reply.status_code, headers=dict(reply.headers), body=reply.data)

    profile = chromium.new_context(viewport={"width": 1366, "height": 768})
    page = profile.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.route("**/*", answer)
    yield Browser(page, posted.acts, complaints)
    profile.close()
    assert not complaints
