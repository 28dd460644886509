"""Are views of the framework's own kind in the menu, in our shell, in Chinese, and within scope?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import create_app
from app.core import scope
from app.core.accounts.bootstrap import bootstrap
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Change
from app.models import Body, Candidate, Site
from app.roles import AUDITOR, BODY_CLERK, PROVINCE_ADMIN, SYSTEM_ADMIN
from tests import factories
from tests.client import IsolatedClient
from tests.database import settings_for
from tests.security.people import signed_in
from tests.servers import Database
from tests.views.pages import text, values, words

REFUSED = (302, 403, 404)


@pytest.fixture(scope="module")
def house(app: Flask, database: Database, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The product with the add-on; made once, for a start costs a second."""
    settings = settings_for(database.url, tmp_path_factory.mktemp("uploads"))
    made = create_app(settings | {"ADDON_MANAGERS": ["tests.views.addon.Addon"]})
    made.test_client_class = IsolatedClient
    return made


@pytest.fixture(autouse=True)
def rights(house: Flask, session: AnySession) -> Any:
    """Rights as a deployment lays them down; and every connection let go afterwards."""
    with house.app_context():
        bootstrap()
    yield
    with house.app_context():
        house.extensions["sqlalchemy"].session.remove()
        house.extensions["sqlalchemy"].engine.dispose()


@pytest.fixture
def site(session: AnySession) -> Site:
    """A site of a body in 唐山."""
    body = factories.body(session, "DEMO")
    made = Site(body=body, region_id=body.region_id, name="大楼", capacity=60, contact="赵新伟")
    return factories.keep(session, made)


@pytest.fixture
def foreign(session: AnySession) -> Site:
    """A site of another body."""
    body = factories.body(session, "OTHER")
    made = Site(body=body, region_id=body.region_id, name="别家", capacity=61, contact="钱利民")
    return factories.keep(session, made)


@pytest.fixture
def clerk(house: Flask, site: Site) -> FlaskClient:
    """The clerk of the first body."""
    return signed_in(house, BODY_CLERK, body_id=site.body_id)


@pytest.fixture
def province(house: Flask) -> FlaskClient:
    """The provincial administrator."""
    return signed_in(house, PROVINCE_ADMIN)


def menu(browser: FlaskClient) -> dict[str, list[str]]:
    """The groups of the side menu with their entries."""
    page = browser.get("/").text
    found = re.findall(r'data-menu-group="([^"]*)".*?<ul>(.*?)</ul>', page, re.S)
    return {title: [text(one) for one in re.findall(r"<li>(.*?)</li>", entries, re.S)]
            for title, entries in found}  # fmt: skip


def fresh(session: AnySession, item: Any) -> Any:
    with scope.acting(session, SYSTEM):
        session.expire_all()
        found = select(type(item)).where(type(item).id == item.id)
        return session.scalars(found).one_or_none()


def body_of(session: AnySession, site: Site) -> Body:
    with scope.acting(session, SYSTEM):
        session.expire_all()
        return session.scalars(select(Body).where(Body.id == site.body_id)).one()


def test_pages_stand_in_the_menu_under_their_category(
    province: FlaskClient, clerk: FlaskClient, house: Flask
) -> None:
    everything = [
        "考点（框架）", "人员（框架）", "机构（框架）", "意见箱", "考点统计", "批次统计", "座位",
        "合并页", "机构与考点", "紧凑页", "卡片页", "回首页",
    ]  # fmt: skip
    found = menu(province)
    assert found["扩展"] == everything
    assert found["其他"] == ["通知栏", "内网门户"]
    # Without open_to a page is the provincial administrator's alone.
    assert menu(clerk)["扩展"] == [one for one in everything if one != "机构（框架）"]
    assert menu(clerk)["其他"] == ["内网门户"]
    for role in (AUDITOR, SYSTEM_ADMIN):
        assert "机构（框架）" not in menu(signed_in(house, role))["扩展"]


def test_without_a_word_about_whom_it_is_for_it_is_the_provinces(
    province: FlaskClient, clerk: FlaskClient, house: Flask, site: Site
) -> None:
    pages = ("/plainbodyview/list/", "/noticeview/board/", "/noticeview/loose/")
    strangers = [clerk, *(signed_in(house, role) for role in (AUDITOR, SYSTEM_ADMIN))]
    for page in pages:
        assert province.get(page).status_code == 200, page
        for stranger in strangers:
            assert stranger.get(page).status_code == 403, page
        assert house.test_client().get(page).location.startswith("/login/"), page


PAGES = (
    "/plainsiteview/list/", "/plainsiteview/show/{site}", "/plainsiteview/edit/{site}",
    "/plainsiteview/add", "/plaincandidateview/list/", "/plainbodyview/list/",
    "/plainbodyview/show/{body}", "/plainbodyview/edit/{body}", "/noticeview/board/",
    "/opinionview/form", "/sitechart/chart/", "/sitechart/chart/1", "/batchchart/chart/",
    "/seatchart/chart/", "/togetherview/list/", "/masterview/list/", "/masterview/list/{body}",
    "/compactsiteview/list/", "/cardsiteview/list/", "/cardsiteview/show/{site}",
    "/cardsiteview/edit/{site}", "/cardsiteview/add",
)  # fmt: skip
#: What stands on our pages in Latin letters on purpose.
LATIN = re.compile(r"DEMO\w*|OTHER|\d|[A-Z]{2,}|_|-")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_in_our_shell_and_in_chinese(
    province: FlaskClient, session: AnySession, site: Site, page: str
) -> None:
    batch = factories.batch(session, body_of(session, site), "DEMO-2021-0001")
    factories.candidates(session, batch, 2)
    answer = province.get(page.format(site=site.id, body=site.body_id))
    assert answer.status_code == 200
    assert 'data-menu-group="三 组织报名"' in answer.text
    assert "<script>" not in answer.text
    assert "google" not in answer.text
    assert not re.search(r"\sstyle=|\son\w+=", answer.text)
    english = [one for one in words(answer.text) if re.search(r"[A-Za-z]{2}", LATIN.sub("", one))]
    assert not english


def test_columns_words_and_numbers_are_those_of_the_declaration(
    province: FlaskClient, session: AnySession, site: Site
) -> None:
    batch = factories.batch(session, body_of(session, site), "DEMO-2021-0001")
    person = factories.candidates(session, batch, 1)[0]
    page = text(province.get("/plaincandidateview/list/").text)
    assert all(word in page for word in ("人员一览", "姓名全称", "身份证号", "性别", person.name))
    assert person.id_number not in page
    assert "男" in page or "女" in page
    shown = text(province.get(f"/plainbodyview/show/{site.body_id}").text)
    assert "评价机构" in shown
    assert body_of(session, site).state not in shown


def test_rows_of_others_are_seen_in_no_list_chart_or_page(
    clerk: FlaskClient, session: AnySession, site: Site, foreign: Site
) -> None:
    for page in ("/plainsiteview/list/", "/togetherview/list/", "/sitechart/chart/1"):
        found = clerk.get(page).text
        assert "大楼" in found, page
        assert "别家" not in found, page
    for query in ("?_flt_0_name=别", "?_oc_PlainSiteView=name&_od_PlainSiteView=desc"):
        assert "别家" not in clerk.get(f"/plainsiteview/list/{query}").text
    assert "OTHER" not in clerk.get("/masterview/list/").text
    for page in ("/plainsiteview/show/{}", "/plainsiteview/edit/{}"):
        assert clerk.get(page.format(site.id)).status_code == 200
        assert clerk.get(page.format(foreign.id)).status_code == 404
    assert clerk.get(f"/masterview/list/{foreign.body_id}").status_code == 404


def test_rows_of_others_are_not_changed_deleted_or_acted_on(
    clerk: FlaskClient, session: AnySession, site: Site, foreign: Site
) -> None:
    given = {"body": foreign.body_id, "region": foreign.region_id, "name": "改名", "capacity": "1"}
    assert clerk.post(f"/plainsiteview/edit/{foreign.id}", data=given).status_code == 404
    assert clerk.post(f"/plainsiteview/delete/{foreign.id}").status_code == 404
    assert clerk.post(f"/plainsiteview/action/close_down/{foreign.id}").status_code == 404
    posted = {"action": "close_down", "rowid": [str(foreign.id), str(site.id)]}
    clerk.post("/plainsiteview/action_post", data=posted)
    assert (fresh(session, foreign).name, fresh(session, foreign).capacity) == ("别家", 61)
    assert fresh(session, site).capacity == 0


def test_a_row_is_not_moved_to_others_nor_made_there(
    clerk: FlaskClient, session: AnySession, site: Site, foreign: Site
) -> None:
    given = {"body": foreign.body_id, "region": site.region_id, "name": "大楼", "capacity": "60"}
    page = clerk.post(f"/plainsiteview/edit/{site.id}", data=given)
    assert "不在您的管辖范围内" in page.text
    assert fresh(session, site).body_id == site.body_id
    page = clerk.post("/plainsiteview/add", data=given | {"name": "混入"})
    assert "不在您的管辖范围内" in page.text
    with scope.acting(session, SYSTEM):
        assert not session.scalars(select(Site).where(Site.name == "混入")).all()


def test_what_is_kept_leaves_history_and_goes_by_the_rules(
    clerk: FlaskClient, session: AnySession, site: Site
) -> None:
    page = clerk.get(f"/plainsiteview/edit/{site.id}").text
    filled = values(page)
    assert filled["name"] == "大楼"
    assert (
        clerk.post(f"/plainsiteview/edit/{site.id}", data=filled | {"capacity": "75"}).status_code
        == 302
    )
    assert fresh(session, site).capacity == 75
    given = {"body": site.body_id, "region": site.region_id, "name": "新楼", "capacity": "5"}
    assert clerk.post("/plainsiteview/add", data=given).status_code == 302
    with scope.acting(session, SYSTEM):
        made = session.scalars(select(Site).where(Site.name == "新楼")).one()
        key = made.id
    assert clerk.post(f"/plainsiteview/delete/{key}").status_code == 302
    with scope.acting(session, SYSTEM):
        assert session.scalars(select(Site).where(Site.id == key)).all() == []
    with scope.acting(session, SYSTEM):
        lines = session.execute(
            select(Change.kind, Change.record_id).where(Change.entity == "Site").order_by(Change.id)
        ).all()
    assert [(one.kind, one.record_id) for one in lines if one.record_id == key] == [
        ("add", key), ("delete", key),
    ]  # fmt: skip
    assert ("edit", site.id) in [tuple(one) for one in lines]


def test_who_only_reads_a_table_changes_it_in_no_way(
    house: Flask, session: AnySession, site: Site
) -> None:
    """The page is open to everybody; the services know better."""
    auditor = signed_in(house, AUDITOR)
    assert auditor.get(f"/plainsiteview/show/{site.id}").status_code == 200
    assert auditor.get(f"/plainsiteview/edit/{site.id}").status_code == 403
    given = {"body": site.body_id, "region": site.region_id, "name": "混入", "capacity": "1"}
    assert auditor.post(f"/plainsiteview/edit/{site.id}", data=given).status_code == 403
    assert auditor.get("/plainsiteview/add").status_code == 403
    assert auditor.post("/plainsiteview/add", data=given).status_code == 403
    answer = auditor.post(f"/plainsiteview/delete/{site.id}")
    assert "不能" in text(auditor.get(answer.location).text)
    with scope.acting(session, SYSTEM):
        assert not session.scalars(select(Site).where(Site.name == "混入")).all()
    assert fresh(session, site).capacity == 60


@pytest.mark.parametrize(
    "address", ["/plainsiteview/delete/{}", "/plainsiteview/action/close_down/{}",
                "/plainsiteview/action_post"]
)  # fmt: skip
def test_nothing_is_deleted_or_done_by_get(
    province: FlaskClient, session: AnySession, site: Site, address: str
) -> None:
    assert province.get(address.format(site.id)).status_code == 405
    assert fresh(session, site).capacity == 60


def test_without_a_token_nothing_is_kept(
    house: Flask, province: FlaskClient, session: AnySession, site: Site,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    filled = values(province.get(f"/plainsiteview/edit/{site.id}").text) | {"capacity": "1"}
    monkeypatch.setitem(house.config, "WTF_CSRF_ENABLED", value=True)
    for address in (f"edit/{site.id}", f"delete/{site.id}", f"action/close_down/{site.id}"):
        assert province.post(f"/plainsiteview/{address}", data=filled).status_code == 400
    assert province.post("/opinionview/form", data={"opinion": "好"}).status_code == 400
    assert fresh(session, site).capacity == 60


def test_a_row_is_added_to_the_record_whose_list_it_was_asked_from(
    clerk: FlaskClient, session: AnySession, site: Site, foreign: Site
) -> None:
    address = f"/plainsiteview/add?_flt_0_body={site.body_id}"
    assert 'name="body"' not in clerk.get(address).text
    given = {"region": site.region_id, "name": "新楼", "capacity": "5"}
    assert clerk.post(address, data=given).status_code == 302
    with scope.acting(session, SYSTEM):
        made = session.scalars(select(Site).where(Site.name == "新楼")).one()
    assert made.body_id == site.body_id
    other = f"/plainsiteview/add?_flt_0_body={foreign.body_id}"
    assert clerk.post(other, data=given).status_code == 404


def test_a_form_sent_twice_adds_once(clerk: FlaskClient, session: AnySession, site: Site) -> None:
    given = {"body": site.body_id, "region": site.region_id, "name": "新楼", "form_key": "one"}
    for _ in range(2):
        assert clerk.post("/plainsiteview/add", data=given).status_code in (302, 303)
    with scope.acting(session, SYSTEM):
        assert len(session.scalars(select(Site).where(Site.name == "新楼")).all()) == 1


def test_a_simple_form_asks_and_takes(clerk: FlaskClient) -> None:
    assert "一句话即可" in clerk.get("/opinionview/form").text
    assert "请填写意见" in clerk.post("/opinionview/form", data={"opinion": ""}).text
    answer = clerk.post("/opinionview/form", data={"opinion": "很好"}, follow_redirects=True)
    assert "收到：很好" in text(answer.text)


def test_a_chart_tells_figures_and_draws_them_itself(
    province: FlaskClient, site: Site, foreign: Site
) -> None:
    page = province.get("/sitechart/chart/1").text
    assert all(word in text(page) for word in ("考点统计", "按名称", "容纳人数", "大楼", "61"))
    assert page.count("<rect") == 2
    page = province.get("/seatchart/chart/").text
    assert page.count("<rect") == 2
    assert 'width="98.36"' in page
    assert "考点统计图" in page


NONSENSE = (
    "/plainsiteview/list/?page_PlainSiteView=abc", "/plainsiteview/list/?page_PlainSiteView=-1",
    "/plainsiteview/list/?psize_PlainSiteView=20000", "/plainsiteview/list/?psize_PlainSiteView=x",
    "/plainsiteview/list/?_oc_PlainSiteView=body.code&_od_PlainSiteView=asc",
    "/plainsiteview/list/?_oc_PlainSiteView=nosuch&_od_PlainSiteView=asc",
    "/plainsiteview/list/?_flt_9_capacity=1", "/plainsiteview/list/?_flt_0_nosuch=1",
    "/plainsiteview/show/abc", "/plainsiteview/show/99999999999999999999",
    "/plainsiteview/edit/1.5", "/sitechart/chart/x", "/sitechart/chart/7",
    "/plainsiteview/download/secret.pdf", "/togetherview/list/?page_PlainSiteView=abc",
    "/togetherview/list/?_oc_PlainSiteView=body.code&_od_PlainSiteView=asc",
)  # fmt: skip


@pytest.mark.parametrize("address", NONSENSE)
def test_nonsense_in_an_address_is_no_page(province: FlaskClient, site: Site, address: str) -> None:
    assert province.get(address).status_code == 404


def test_conditions_of_one_person_are_nobody_elses(
    province: FlaskClient, site: Site, foreign: Site
) -> None:
    assert "别家" not in province.get("/plainsiteview/list/?_flt_0_name=大").text
    assert "别家" in province.get("/plainsiteview/list/").text


def test_a_list_of_related_rows_is_for_those_who_may_list_them(
    house: Flask, province: FlaskClient, session: AnySession, site: Site
) -> None:
    from app.core.security import rights as held

    assert "大楼" in province.get(f"/plainbodyview/show/{site.body_id}").text
    menu_id = select(held.ViewMenu.id).where(held.ViewMenu.name == "PlainSiteView")
    pairs = select(held.PermissionView.id).where(held.PermissionView.view_menu_id.in_(menu_id))
    grant = held.assoc_permissionview_role
    session.execute(grant.delete().where(grant.c.permission_view_id.in_(pairs)))
    session.commit()
    page = province.get(f"/plainbodyview/show/{site.body_id}")
    assert page.status_code == 200
    assert "大楼" not in page.text
    assert province.get("/togetherview/list/").status_code == 403


def test_no_route_of_a_guest_is_open_to_a_stranger(house: Flask, site: Site) -> None:
    browser = house.test_client()
    guests = [one for one in house.extensions["appbuilder"].baseviews
              if type(one).__module__ == "tests.views.addon"]  # fmt: skip
    assert len(guests) == 12
    names = {one.endpoint for one in guests}
    asked = 0
    for rule in house.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] not in names or rule.endpoint.endswith(".static"):
            continue
        address = re.sub(r"<[^>]*>", "1", rule.rule)
        for method in {"GET", "POST"} & (rule.methods or set()):
            answer = browser.open(address, method=method)
            assert (answer.status_code, answer.location.split("?")[0]) == (302, "/login/"), rule
            asked += 1
    assert asked > 30


def test_the_body_of_a_clerk_is_what_its_page_shows(clerk: FlaskClient, site: Site) -> None:
    assert Path(clerk.get(f"/masterview/list/{site.body_id}").request.path)
    assert "大楼" in clerk.get(f"/masterview/list/{site.body_id}").text


def test_states_and_numbers_of_people_do_not_leave_by_a_guests_form(
    province: FlaskClient, session: AnySession, site: Site
) -> None:
    """A number is shown whole in a form to who edits it, as on our own forms; never a state."""
    page = province.get(f"/plainbodyview/edit/{site.body_id}").text
    assert set(values(page)) >= {"name"}
    assert "state" not in values(page)
    changed = values(page) | {"name": "改名机构", "state": "draft"}
    province.post(f"/plainbodyview/edit/{site.body_id}", data=changed)
    body = body_of(session, site)
    assert (body.name, body.state) == ("改名机构", "registered")


def test_candidates_are_counted_within_the_scope(
    clerk: FlaskClient, session: AnySession, site: Site, foreign: Site
) -> None:
    batch = factories.batch(session, body_of(session, foreign), "OTHER-2021-0001")
    other = factories.candidates(session, batch, 3)
    with scope.acting(session, SYSTEM):
        assert session.scalars(select(Candidate)).all()
    page = clerk.get("/plaincandidateview/list/").text
    assert not [one for one in other if one.name in page]
    assert "共 <b>0</b> 条" in page


def test_a_list_with_its_forms_on_one_page(
    clerk: FlaskClient, session: AnySession, site: Site, foreign: Site
) -> None:
    clerk.get(f"/compactsiteview/edit/{site.id}")
    page = clerk.get("/compactsiteview/list/").text
    assert "别家" not in page
    assert values(page)["name"] == "大楼"
    assert clerk.get(f"/compactsiteview/edit/{foreign.id}").status_code == 404
    assert clerk.get(f"/compactsiteview/delete/{site.id}").status_code == 405
    assert clerk.post(f"/compactsiteview/delete/{foreign.id}").status_code == 404
    assert clerk.post(f"/compactsiteview/delete/{site.id}").status_code == 302
    with scope.acting(session, SYSTEM):
        assert [one.name for one in session.scalars(select(Site))] == ["别家"]


def test_a_form_opened_before_another_saved_overwrites_nothing(
    clerk: FlaskClient, session: AnySession, site: Site
) -> None:
    address = f"/plainsiteview/edit/{site.id}"
    opened = values(clerk.get(address).text)
    assert clerk.post(address, data=opened | {"name": "甲楼"}).status_code == 302
    late = clerk.post(address, data=opened | {"contact": "周立"})
    assert "刚刚被别人保存过" in clerk.get(late.location).text
    kept = fresh(session, site)
    assert (kept.name, kept.contact) == ("甲楼", "赵新伟")


def test_an_act_on_nothing_is_not_begun(clerk: FlaskClient, foreign: Site) -> None:
    for given in ({}, {"rowid": [foreign.id]}):
        sent = clerk.post("/plainsiteview/action_post", data={"action": "close_down", **given})
        assert sent.status_code == 303
        assert "请先勾选再办理" in text(clerk.get("/plainsiteview/list/").text)
