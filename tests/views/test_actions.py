"""Is an @action of a screen carried out by POST alone, within scope, once per form, by who may?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask, redirect
from flask.testing import FlaskClient
from flask_appbuilder.actions import action
from sqlalchemy import select

from app.core import scope
from app.core.database import db
from app.core.errors import NotPermitted
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Change
from app.models import Site
from app.roles import AUDITOR, BODY_CLERK, PROVINCE_ADMIN, SYSTEM_ADMIN
from app.views.bodies.bodies import SiteView
from tests import factories
from tests.security.people import signed_in
from tests.views.conftest import Rebuild
from tests.views.pages import text


@action("close_down", "停用考点", confirmation="确定停用？", icon="fa-ban")
def close_down(self: Any, items: Any) -> Any:
    """As developers of the framework write it: a row, or a list of them."""
    for item in items if isinstance(items, list) else [items]:
        item.capacity = 0
        self.datamodel.edit(item)
    self.update_redirect()
    return redirect(self.get_redirect())


@action("count", "点数", multiple=True, single=False)
def count(self: Any, items: Any) -> Any:
    """For several rows only; without a question."""
    return f"共 {len(items)} 个"


@action("object", "不行", multiple=False)
def object_(self: Any, item: Any) -> Any:
    """For one row only; refuses."""
    item.name = "不应保存"
    raise NotPermitted(f"{item} 正在使用")


@pytest.fixture
def made(rebuild: Rebuild) -> Flask:
    """The product whose sites have three acts."""
    return rebuild(SiteView, rights=True, close_down=close_down, count=count, object_=object_)


@pytest.fixture
def site(session: AnySession) -> Site:
    """A site of a body in 唐山."""
    body = factories.body(session, "DEMO")
    return factories.keep(
        session, Site(body=body, region_id=body.region_id, name="大楼", capacity=60)
    )


@pytest.fixture
def foreign(session: AnySession) -> Site:
    """A site of another body."""
    body = factories.body(session, "OTHER")
    return factories.keep(
        session, Site(body=body, region_id=body.region_id, name="别家", capacity=60)
    )


@pytest.fixture
def clerk(made: Flask, site: Site) -> FlaskClient:
    """The clerk of the first body."""
    return signed_in(made, BODY_CLERK, body_id=site.body_id)


def seats(session: AnySession, site: Site) -> int:
    with scope.acting(session, SYSTEM):
        session.refresh(site)
        return site.capacity


def test_the_buttons_stand_where_they_are_meant_with_their_question(
    clerk: FlaskClient, site: Site
) -> None:
    listed = clerk.get("/site/list/").text
    buttons = re.findall(r'<button[^>]*formaction="/site/action"[^>]*>', listed)
    asked = next(one for one in buttons if 'value="close_down"' in one)
    assert 'data-confirm="确定停用？"' in asked
    asked_nothing = re.search(r'<button[^>]*value="count"[^>]*>', listed)
    assert asked_nothing is not None
    assert "data-confirm" not in asked_nothing[0]
    assert 'value="object"' not in listed
    page = clerk.get(f"/site/show/{site.id}").text
    assert f'formaction="/site/action/close_down/{site.id}"' in page
    assert f'formaction="/site/action/object/{site.id}"' in page
    assert "/site/action/count/" not in page


def test_one_row_is_acted_on_from_its_page(
    clerk: FlaskClient, session: AnySession, site: Site
) -> None:
    answer = clerk.post(f"/site/action/close_down/{site.id}")
    assert (answer.status_code, answer.location) == (302, f"/site/show/{site.id}")
    assert seats(session, site) == 0
    with scope.acting(session, SYSTEM):
        line = session.scalars(
            select(Change).where(Change.entity == "Site", Change.kind == "edit")
        ).one()
    assert line.record_id == site.id


def test_several_rows_are_acted_on_from_the_list(
    clerk: FlaskClient, session: AnySession, site: Site
) -> None:
    posted = {"action": "close_down", "rowid": [str(site.id)]}
    answer = clerk.post("/site/action?q=大", data=posted)
    assert answer.status_code == 302
    assert answer.location.startswith("/site/list/?q=")
    assert seats(session, site) == 0
    kept = clerk.post("/site/select").location.rpartition("=")[2]
    counted = clerk.post("/site/action", data={"action": "count", "selection": kept})
    assert counted.text == "共 1 个"


@pytest.mark.parametrize("address", ["/site/action/close_down/{}", "/site/action"])
def test_by_get_nothing_happens(
    clerk: FlaskClient, session: AnySession, site: Site, address: str
) -> None:
    assert clerk.get(address.format(site.id)).status_code == 405
    assert seats(session, site) == 60


def test_rows_of_others_are_not_acted_on(
    clerk: FlaskClient, session: AnySession, site: Site, foreign: Site
) -> None:
    assert clerk.post(f"/site/action/close_down/{foreign.id}").status_code == 404
    posted = {"action": "close_down", "rowid": [str(site.id), str(foreign.id)]}
    answer = clerk.post("/site/action", data=posted)
    assert "所选 2 条中有 1 条" in text(clerk.get(answer.location).text)
    assert (seats(session, site), seats(session, foreign)) == (0, 60)


def test_who_only_reads_is_offered_nothing_and_refused(
    made: Flask, session: AnySession, site: Site
) -> None:
    for role in (AUDITOR, SYSTEM_ADMIN):
        reader = signed_in(made, role)
        assert "close_down" not in reader.get("/site/list/").text
        assert reader.post(f"/site/action/close_down/{site.id}").status_code == 403
        posted = {"action": "close_down", "rowid": [str(site.id)]}
        assert reader.post("/site/action", data=posted).status_code == 403
    assert seats(session, site) == 60


def test_a_refusal_of_the_act_is_said_and_leaves_nothing(
    clerk: FlaskClient, session: AnySession, site: Site
) -> None:
    answer = clerk.post(f"/site/action/object/{site.id}")
    assert answer.location == f"/site/show/{site.id}"
    assert "正在使用" in text(clerk.get(answer.location).text)
    with scope.acting(session, SYSTEM):
        session.refresh(site)
    assert site.name == "大楼"


def test_an_act_is_for_one_row_or_for_several_as_declared(clerk: FlaskClient, site: Site) -> None:
    assert clerk.post(f"/site/action/count/{site.id}").status_code == 404
    for name in ("object", "nosuch", ""):
        assert clerk.post("/site/action", data={"action": name, "rowid": "1"}).status_code == 404
    answer = clerk.post("/site/action", data={"action": "count"})
    assert "没有选中任何记录" in text(clerk.get(answer.location).text)


def test_a_form_sent_twice_acts_once(clerk: FlaskClient, session: AnySession, site: Site) -> None:
    posted = {"form_key": "one-key"}
    clerk.post(f"/site/action/close_down/{site.id}", data=posted)
    with scope.acting(session, SYSTEM):
        site.capacity = 60
        session.commit()
    again = clerk.post(f"/site/action/close_down/{site.id}", data=posted)
    assert again.status_code == 302
    assert seats(session, site) == 60


def test_without_a_token_nothing_happens(
    made: Flask, session: AnySession, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(made, PROVINCE_ADMIN)
    monkeypatch.setitem(made.config, "WTF_CSRF_ENABLED", value=True)
    assert browser.post(f"/site/action/close_down/{site.id}").status_code == 400
    assert seats(session, site) == 60


def test_a_screen_without_acts_has_no_route_for_them(app: Flask) -> None:
    assert not [rule for rule in app.url_map.iter_rules() if "/action" in rule.rule]


def test_what_an_act_changes_through_the_datamodel_is_judged_like_everything(
    rebuild: Rebuild, session: AnySession, site: Site
) -> None:
    @action("spoil", "清空")
    def spoil(self: Any, item: Any) -> Any:
        item.name = ""
        self.datamodel.edit(item)

    browser = signed_in(rebuild(SiteView, rights=True, spoil=spoil), PROVINCE_ADMIN)
    answer = browser.post(f"/site/action/spoil/{site.id}")
    assert "考点名称" in text(browser.get(answer.location).text)
    with scope.acting(db.session, SYSTEM):
        session.refresh(site)
    assert site.name == "大楼"
