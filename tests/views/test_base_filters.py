"""Do a screen's base_filters hold wherever rows of its table are read?"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from flask_appbuilder.models.filters import BaseFilter
from flask_appbuilder.models.sqla.filters import FilterEqual, FilterEqualFunction, FilterGreater

from app.core import scope
from app.core.accounts import acting
from app.core.jobs.exports import Wanted
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.views.lists.exported_rows import read_rows
from app.models import Site
from app.roles import BODY_CLERK, PROVINCE_ADMIN
from app.views.bodies.bodies import BodyView, SiteView
from tests import factories
from tests.security.people import PASSWORD, sign_in, signed_in, someone
from tests.views.conftest import Rebuild
from tests.views.pages import keys
from tests.views.test_overrides import a_program, exported

#: Only sites with more than twenty seats.
LARGE = [["capacity", FilterGreater, 20]]


@pytest.fixture
def sites(session: AnySession) -> tuple[Site, Site]:
    """A large and a small site of one body."""
    body = factories.body(session, "DEMO")
    made = [
        Site(body=body, region_id=body.region_id, name=name, capacity=seats)
        for name, seats in (("大楼", 60), ("小楼", 10))
    ]
    return factories.keep(session, made[0]), factories.keep(session, made[1])


@pytest.fixture
def filtered(rebuild: Rebuild, sites: tuple[Site, Site]) -> Flask:
    """The product whose sites are the large ones."""
    return rebuild(SiteView, base_filters=LARGE, grid=("name", "contact"))


@pytest.fixture
def browser(filtered: Flask) -> FlaskClient:
    """The provincial administrator, whom no scope bounds."""
    return signed_in(filtered, PROVINCE_ADMIN)


def name_of(session: AnySession, site: Site) -> str:
    with scope.acting(session, SYSTEM):
        session.refresh(site)
        return site.name + site.contact


def test_lists_tabs_counts_and_exports(browser: FlaskClient, sites: tuple[Site, Site]) -> None:
    large, small = sites
    assert keys(browser.get("/site/list/").text) == [large.id]
    assert keys(browser.get("/site/list/?q=小楼").text) == []
    page = browser.get(f"/body/show/{large.body_id}?tab=site").text
    assert keys(page) == [large.id]
    assert '考点<span class="tab-count">1</span>' in page
    assert {line[0] for line in exported(browser)[1:]} == {"大楼"}
    chosen = browser.post("/site/export?format=csv", data={"rowid": [large.id, small.id]})
    assert "大楼" in chosen.data.decode("utf-8-sig")
    assert "小楼" not in chosen.data.decode("utf-8-sig")


@pytest.mark.parametrize("page", ["show", "edit", "print"])
def test_a_record_by_its_key(browser: FlaskClient, sites: tuple[Site, Site], page: str) -> None:
    large, small = sites
    assert browser.get(f"/site/{page}/{large.id}").status_code == 200
    assert browser.get(f"/site/{page}/{small.id}").status_code == 404


def test_changes_and_deletions_by_key(
    browser: FlaskClient, session: AnySession, sites: tuple[Site, Site]
) -> None:
    small = sites[1]
    given = {"name": "改名", "version": "1", "body": small.body_id, "region": small.region_id}
    assert browser.post(f"/site/edit/{small.id}", data=given).status_code == 404
    assert browser.post(f"/site/delete/{small.id}").status_code == 404
    assert name_of(session, small) == "小楼"


def test_pickers_and_forms_of_other_screens(
    rebuild: Rebuild, session: AnySession, sites: tuple[Site, Site]
) -> None:
    other = factories.body(session, "OTHER")
    made = rebuild(BodyView, base_filters=[["code", FilterEqual, "DEMO"]])
    browser = signed_in(made, PROVINCE_ADMIN)
    offered = browser.get("/site/pick/body").json["results"]
    assert [one["id"] for one in offered] == [sites[0].body_id]
    given = {"body": str(other.id), "region": str(other.region_id), "name": "新楼"}
    page = browser.post("/site/add", data=given).text
    assert "没有这条记录，或不在您的管辖范围内" in page


def test_acts_on_many_rows(
    browser: FlaskClient, session: AnySession, sites: tuple[Site, Site]
) -> None:
    large, small = sites
    asked = browser.post("/site/bulk", data={"rowid": [str(large.id), str(small.id)]})
    staged = browser.post(
        asked.location.replace("/bulk?", "/bulk/preview?"),
        data={"change": "contact", "contact": "新联系人"},
    )
    done = browser.post(staged.location.replace("/preview", "/confirm"))
    assert done.status_code == 200
    assert name_of(session, large) == "大楼新联系人"
    assert name_of(session, small) == "小楼"


def test_all_that_match(
    browser: FlaskClient, session: AnySession, sites: tuple[Site, Site]
) -> None:
    kept = browser.post("/site/select").location
    page = browser.get(kept).text
    assert f'value="{sites[0].id}" checked' in page
    assert "小楼" not in page


def test_a_choice_that_was_kept_before_the_filter(
    rebuild: Rebuild, app: Flask, session: AnySession, sites: tuple[Site, Site]
) -> None:
    before = signed_in(app, PROVINCE_ADMIN)
    kept = before.post("/site/select").location.rpartition("=")[2]
    made = rebuild(SiteView, base_filters=LARGE)
    browser = made.test_client()
    assert sign_in(browser, "province-admin", PASSWORD).status_code == 302
    answer = browser.post("/site/export?format=csv", data={"selection": kept})
    assert "小楼" not in answer.data.decode("utf-8-sig")
    assert "大楼" in answer.data.decode("utf-8-sig")


def test_the_grid(browser: FlaskClient, session: AnySession, sites: tuple[Site, Site]) -> None:
    small = sites[1]
    assert "小楼" not in browser.get("/site/grid").text
    sent = {"id": str(small.id), "version": 1, "cells": {"contact": "混入"}}
    assert browser.post("/site/grid", json={"rows": [sent]}).status_code == 404
    assert name_of(session, small) == "小楼"


def test_a_sheet_could_name_hidden_rows_and_is_not_taken(browser: FlaskClient) -> None:
    assert browser.get("/site/import").status_code == 404
    assert "/site/import" not in browser.get("/site/list/").text


def test_the_interface(filtered: Flask, session: AnySession, sites: tuple[Site, Site]) -> None:
    large, small = sites
    ask = a_program(filtered, session)
    assert [one["id"] for one in ask("GET", "site/").json["result"]] == [large.id]
    assert ask("GET", f"site/{small.id}").status_code == 404
    change = {"version": 1, "contact": "混入"}
    assert ask("PATCH", f"site/{small.id}", change).status_code == 404
    assert ask("DELETE", f"site/{small.id}").status_code == 404
    assert "小楼" not in ask("GET", "site/export?format=csv").data.decode("utf-8-sig")


class OfMyBody(BaseFilter):
    """A filter of a developer's own, with the query as the framework hands it over."""

    name = "本机构"

    def apply(self, query: Any, value: Any) -> Any:
        return query.filter(self.model.name.in_(value()))


@pytest.mark.parametrize(
    "filters",
    [
        [["body.code", FilterEqual, "DEMO"], ["capacity", FilterGreater, 20]],
        [["name", FilterEqualFunction, lambda: {"clerk": "大楼"}[g.user.username]]],
        [["name", OfMyBody, lambda: ["大楼"]]],
    ],
    ids=["of a related row", "by a function that asks for the user", "by a class of one's own"],
)
def test_every_kind_of_filter_bounds_a_clerk_within_the_scope(
    rebuild: Rebuild, session: AnySession, sites: tuple[Site, Site], filters: list[Any]
) -> None:
    large = sites[0]
    other = factories.body(session, "OTHER")
    factories.keep(session, Site(body=other, region_id=other.region_id, name="大楼", capacity=90))
    made = rebuild(SiteView, base_filters=filters)
    browser = signed_in(made, BODY_CLERK, "clerk", body_id=large.body_id)
    assert keys(browser.get("/site/list/").text) == [large.id]
    assert browser.get(f"/site/show/{sites[1].id}").status_code == 404


def test_a_filter_that_asks_for_the_user_holds_in_a_job(
    rebuild: Rebuild, session: AnySession, sites: tuple[Site, Site]
) -> None:
    filters = [["name", FilterEqualFunction, lambda: {"clerk": "大楼"}[g.user.username]]]
    made = rebuild(SiteView, base_filters=filters)
    actor = acting.actor_of(someone(BODY_CLERK, "clerk", body_id=sites[0].body_id))
    session.commit()
    with made.app_context():
        own = made.extensions["sqlalchemy"].session
        with scope.acting(own, actor):
            found = read_rows(own, Wanted("Site", "", ("name",), "csv"))
            assert [*found.rows] == [["大楼"]]
