"""Do the attributes that a Flask-AppBuilder developer knows go before the declaration?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_appbuilder.validators import Unique
from markupsafe import Markup
from sqlalchemy import select
from wtforms import StringField
from wtforms.validators import DataRequired, ValidationError

from app.core import scope
from app.core.errors import WrongState
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.views.interface import EntityInterface
from app.models import Site
from app.roles import PROVINCE_ADMIN
from app.views.bodies.bodies import SiteView
from tests import factories
from tests.security.people import signed_in
from tests.views.conftest import Rebuild
from tests.views.pages import keys, text, values


@pytest.fixture
def site(session: AnySession) -> Site:
    """实训楼 of a body in 唐山."""
    body = factories.body(session, "DEMO")
    made = Site(body=body, region_id=body.region_id, name="实训楼", capacity=60, contact="赵新伟")
    return factories.keep(session, made)


def heads(page: str) -> list[str]:
    """The headings of a list without the one of the boxes."""
    found = re.findall(r'<th scope="col" class="align[^>]*>(.*?)</th>', page, re.S)
    return [text(one) for one in found]


def labels(page: str) -> list[str]:
    """The names of the controls of a form, without the mark of those that must be filled in."""
    form = page.partition('id="dialog"')[0]
    found = re.findall(r'<label for="[^"]*">(.*?)(?:<span.*?)?</label>', form, re.S)
    return [text(one) for one in found]


def shown(page: str) -> dict[str, str]:
    """What the page of a record says, by label."""
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page, re.S)
    return {text(name): text(value) for name, value in found}


def exported(browser: FlaskClient, query: str = "") -> list[list[str]]:
    """The lines of the export of the sites."""
    answer = browser.get(f"/site/export?format=csv{query}")
    assert answer.status_code == 200, answer.text
    lines = answer.data.decode("utf-8-sig").splitlines()
    return [line.split(",") for line in lines]


def a_program(flask_app: Flask, session: AnySession) -> Any:
    """A program of the provincial administrator that asks the interface."""
    from app.core.security import keys as api_keys
    from tests.security.people import someone

    with flask_app.app_context():
        user = someone(PROVINCE_ADMIN, "program")
        with scope.acting(session, SYSTEM):
            key = api_keys.issue(user, "考试系统", 30)
    client = flask_app.test_client()

    def ask(method: str, path: str, body: Any = None) -> Any:
        head = {"Authorization": f"Bearer {key}"}
        sent = {} if body is None else {"json": body}
        return client.open(f"/api/v1/{path}", method=method, headers=head, **sent)

    return ask


def test_list_columns_are_the_columns_of_the_list_in_their_order(
    rebuild: Rebuild, site: Site
) -> None:
    browser = signed_in(
        rebuild(SiteView, list_columns=["capacity", "phone", "name"]), PROVINCE_ADMIN
    )
    page = browser.get("/site/list/").text
    assert heads(page) == ["容纳人数", "联系电话", "考点名称"]
    assert exported(browser, "&export_columns=current")[0] == ["容纳人数", "联系电话", "考点名称"]


def test_list_columns_are_those_of_a_tab_too(rebuild: Rebuild, site: Site) -> None:
    browser = signed_in(rebuild(SiteView, list_columns=["name", "capacity"]), PROVINCE_ADMIN)
    page = browser.get(f"/body/show/{site.body_id}?tab=site").text
    assert heads(page) == ["考点名称", "容纳人数"]


def test_show_columns_are_what_the_page_and_the_interface_tell(
    rebuild: Rebuild, session: AnySession, site: Site
) -> None:
    made = rebuild(SiteView, show_columns=["name", "contact"])
    page = signed_in(made, PROVINCE_ADMIN).get(f"/site/show/{site.id}").text
    assert list(shown(page)) == ["考点名称", "联系人"]
    printed = signed_in(made, PROVINCE_ADMIN, "another").get(f"/site/print/{site.id}").text
    assert "容纳人数" not in printed
    noticed = a_program(made, session)("GET", f"site/{site.id}").json["result"]
    assert set(noticed) == {"id", "version", "name", "contact"}


def test_add_columns_and_edit_columns_are_what_each_form_asks(
    rebuild: Rebuild, session: AnySession, site: Site
) -> None:
    made = rebuild(
        SiteView, add_columns=["name", "body", "region"], edit_columns=["name", "capacity"]
    )
    browser = signed_in(made, PROVINCE_ADMIN)
    assert labels(browser.get("/site/add").text) == ["考点名称", "评价机构", "所在地区"]
    page = browser.get(f"/site/edit/{site.id}").text
    assert labels(page) == ["考点名称", "容纳人数"]
    given = {**values(page), "capacity": "75", "contact": "混入"}
    assert browser.post(f"/site/edit/{site.id}", data=given).status_code == 302
    session.refresh(site)
    assert (site.capacity, site.contact) == (75, "赵新伟")


def test_the_interface_takes_what_the_forms_ask(
    rebuild: Rebuild, session: AnySession, site: Site
) -> None:
    made = rebuild(
        SiteView, add_columns=["name", "body", "region"], edit_columns=["name", "capacity"]
    )
    ask = a_program(made, session)
    body = {"name": "新楼", "body": site.body_id, "region": site.region_id}
    assert ask("POST", "site/", body | {"capacity": 5}).json["problems"][0]["field"] == "capacity"
    assert ask("POST", "site/", body).status_code == 201
    version = {"version": site.version}
    refused = ask("PATCH", f"site/{site.id}", version | {"contact": "混入"})
    assert refused.status_code == 422
    assert ask("PATCH", f"site/{site.id}", version | {"capacity": 80}).status_code == 200
    document = ask("GET", "openapi.json").json["components"]["schemas"]["SiteBody"]
    assert set(document["properties"]) == {"name", "body", "region"}


def test_search_columns_are_what_a_list_is_searched_by(
    rebuild: Rebuild, session: AnySession, site: Site
) -> None:
    made = rebuild(SiteView, search_columns=["contact", "body"])
    browser = signed_in(made, PROVINCE_ADMIN)
    page = browser.get("/site/list/?contact=新伟").text
    assert keys(page) == [site.id]
    assert 'name="capacity_from"' not in page
    assert keys(browser.get("/site/list/?contact=没有").text) == []
    # What is not named is not searched by, in no way.
    for query in ("capacity_from=1", "capacity.eq=60", "name=实训楼"):
        assert browser.get(f"/site/export?{query}").status_code == 422, query
        assert keys(browser.get(f"/site/list/?{query}").text) == [], query
    ask = a_program(made, session)
    assert ask("GET", "site/?name=实训楼").status_code == 422
    assert ask("GET", "site/?contact=新伟").json["count"] == 1
    # Rows of a record are found by their relation all the same.
    assert keys(browser.get(f"/body/show/{site.body_id}?tab=site").text) == [site.id]


def test_label_columns_word_every_place(rebuild: Rebuild, session: AnySession, site: Site) -> None:
    made = rebuild(SiteView, label_columns={"capacity": "座位数"})
    browser = signed_in(made, PROVINCE_ADMIN)
    assert "座位数" in heads(browser.get("/site/list/").text)
    assert shown(browser.get(f"/site/show/{site.id}").text)["座位数"] == "60"
    for address in ("/site/add", f"/site/edit/{site.id}"):
        assert "座位数" in labels(browser.get(address).text)
    assert "座位数" in exported(browser)[0]
    assert "座位数" in text(browser.get("/site/list/?capacity_from=1").text)
    document = a_program(made, session)("GET", "openapi.json").json["components"]["schemas"]["Site"]
    assert document["properties"]["capacity"]["title"] == "座位数"
    for address in ("/site/list/", "/site/add", f"/site/show/{site.id}"):
        assert "容纳人数" not in text(browser.get(address).text)


def test_description_columns_stand_beside_the_control(rebuild: Rebuild, site: Site) -> None:
    said = {"capacity": "按考场座位数填写"}
    browser = signed_in(rebuild(SiteView, description_columns=said), PROVINCE_ADMIN)
    for address in ("/site/add", f"/site/edit/{site.id}"):
        assert "按考场座位数填写" in text(browser.get(address).text)
    assert "按考场座位数填写" in browser.get(f"/site/show/{site.id}").text


def test_formatters_columns_draw_values_in_lists_and_pages(rebuild: Rebuild, site: Site) -> None:
    said = {
        "capacity": lambda seats: Markup("<b>{}</b> 座").format(seats),
        "contact": lambda name: f"<i>{name}</i>",
    }
    browser = signed_in(rebuild(SiteView, formatters_columns=said), PROVINCE_ADMIN)
    for address in ("/site/list/", f"/site/show/{site.id}", f"/body/show/{site.body_id}?tab=site"):
        page = browser.get(address).text
        assert "<b>60</b> 座" in page, address
        assert "&lt;i&gt;赵新伟&lt;/i&gt;" in page, address
    # A file keeps the value itself.
    line = dict(zip(*exported(browser), strict=True))
    assert (line["容纳人数"], line["联系人"]) == ("60", "赵新伟")


def no_basement(_form: Any, control: Any) -> None:
    if "地下" in (control.data or ""):
        raise ValidationError("考点不能设在地下")


def test_validators_columns_refuse_on_the_field_and_keep_the_input(
    rebuild: Rebuild, session: AnySession, site: Site
) -> None:
    said = {"name": [no_basement], "contact": [DataRequired("请填写联系人")]}
    browser = signed_in(rebuild(SiteView, validators_columns=said), PROVINCE_ADMIN)
    given = {"body": site.body_id, "region": site.region_id, "name": "地下一层", "capacity": "5"}
    page = browser.post("/site/add", data=given).text
    assert "考点不能设在地下" in page
    assert "请填写联系人" in page
    assert values(page)["name"] == "地下一层"
    page = browser.get(f"/site/edit/{site.id}").text
    page = browser.post(f"/site/edit/{site.id}", data=values(page) | {"name": "地下二层"}).text
    assert "考点不能设在地下" in page
    session.refresh(site)
    assert site.name == "实训楼"


def test_the_frameworks_own_validator_knows_the_row_itself(
    rebuild: Rebuild, session: AnySession, site: Site
) -> None:
    said = {"name": [Unique(EntityInterface(Site), "name", "已有同名考点")]}
    browser = signed_in(rebuild(SiteView, validators_columns=said), PROVINCE_ADMIN)
    page = browser.get(f"/site/edit/{site.id}").text
    changed = values(page) | {"capacity": "61"}
    assert browser.post(f"/site/edit/{site.id}", data=changed).status_code == 302
    given = {"body": site.body_id, "region": site.region_id, "name": "实训楼"}
    assert "已有同名考点" in browser.post("/site/add", data=given).text


def test_extra_fields_join_the_forms_and_reach_the_hooks(
    rebuild: Rebuild, session: AnySession, site: Site
) -> None:
    noticed: list[str] = []
    made = rebuild(
        SiteView,
        add_columns=["body", "region", "name", "floor"],
        add_form_extra_fields={"floor": StringField("楼层")},
        edit_form_extra_fields={
            "reason": StringField("修改原因"),
            "contact": StringField("联系人（另行核对）"),
        },
        pre_add=lambda _view, item: setattr(item, "address", f"{item.floor} 层"),
        pre_update=lambda _view, item: noticed.append(item.reason),
    )
    browser = signed_in(made, PROVINCE_ADMIN)
    assert labels(browser.get("/site/add").text)[-1] == "楼层"
    given = {"body": site.body_id, "region": site.region_id, "name": "新楼", "floor": "三"}
    assert browser.post("/site/add", data=given).status_code == 302
    with scope.acting(session, SYSTEM):
        assert session.scalars(select(Site.address).where(Site.name == "新楼")).one() == "三 层"
    page = browser.get(f"/site/edit/{site.id}").text
    assert {"修改原因", "联系人（另行核对）"} <= set(labels(page))
    assert values(page)["contact"] == "赵新伟"
    changed = values(page) | {"reason": "换人", "contact": "钱利民"}
    assert browser.post(f"/site/edit/{site.id}", data=changed).status_code == 302
    session.refresh(site)
    assert (site.contact, noticed) == ("钱利民", ["换人"])


def test_a_hook_that_objects_keeps_the_form_and_says_why(
    rebuild: Rebuild, session: AnySession, site: Site
) -> None:
    def object_(_view: Any, _item: Any) -> None:
        raise ValueError("本周盘点，暂不修改")

    browser = signed_in(rebuild(SiteView, pre_update=object_, pre_delete=object_), PROVINCE_ADMIN)
    page = browser.get(f"/site/edit/{site.id}").text
    answer = browser.post(f"/site/edit/{site.id}", data=values(page) | {"name": "改名"})
    assert "本周盘点，暂不修改" in answer.text
    assert values(answer.text)["name"] == "改名"
    browser.post(f"/site/delete/{site.id}")
    session.refresh(site)
    assert site.name == "实训楼"


def three_sites(session: AnySession, site: Site) -> list[int]:
    """Two more of the same body, with 10 and 90 seats; the keys by seats."""
    with scope.acting(session, SYSTEM):
        more = [
            Site(body_id=site.body_id, region_id=site.region_id, name=name, capacity=seats)
            for name, seats in (("小楼", 10), ("大楼", 90))
        ]
        session.add_all(more)
        session.commit()
        return [more[0].id, site.id, more[1].id]


@pytest.mark.parametrize("way", ["asc", "desc"])
def test_base_order_puts_rows_in_order_where_nothing_else_is_asked(
    rebuild: Rebuild, session: AnySession, site: Site, way: str
) -> None:
    by_seats = three_sites(session, site)
    wanted = by_seats if way == "asc" else by_seats[::-1]
    browser = signed_in(rebuild(SiteView, base_order=("capacity", way)), PROVINCE_ADMIN)
    address = f"/site/list/?body={site.body_id}"
    assert keys(browser.get(address).text) == wanted
    assert keys(browser.get(f"{address}&sort=capacity").text) == by_seats
    assert keys(browser.get(f"/body/show/{site.body_id}?tab=site").text) == wanted
    lines = exported(browser, f"&body={site.body_id}&export_columns=pick&export_column=capacity")
    assert [line[0] for line in lines[1:]] == (["10", "60", "90"][:: 1 if way == "asc" else -1])


def test_base_order_takes_a_relation(rebuild: Rebuild, session: AnySession, site: Site) -> None:
    three_sites(session, site)
    browser = signed_in(rebuild(SiteView, base_order=("body", "desc")), PROVINCE_ADMIN)
    assert browser.get("/site/list/").status_code == 200


def test_page_size_is_the_usual_size_of_a_page(
    rebuild: Rebuild, session: AnySession, site: Site
) -> None:
    three_sites(session, site)
    browser = signed_in(rebuild(SiteView, page_size=2), PROVINCE_ADMIN)
    address = f"/site/list/?body={site.body_id}"
    assert len(keys(browser.get(address).text)) == 2
    assert len(keys(browser.get(f"{address}&size=25").text)) == 3
    assert len(keys(browser.get(f"{address}&size=2&page=2").text)) == 1


def test_related_views_are_the_tabs(rebuild: Rebuild, site: Site) -> None:
    from app.views.bodies.bodies import BodyView

    browser = signed_in(rebuild(BodyView, related_views=[SiteView]), PROVINCE_ADMIN)
    page = browser.get(f"/body/show/{site.body_id}").text
    assert re.findall(r'id="tab-(\w+)"', page) == ["detail", "site", "timeline"]


def test_what_a_hook_refuses_afterwards_is_not_kept(
    rebuild: Rebuild, session: AnySession, site: Site
) -> None:
    def refuse(_view: Any, _item: Any) -> None:
        raise WrongState("食堂还没有验收，不能登记考点")

    browser = signed_in(rebuild(SiteView, post_add=refuse, post_delete=refuse), PROVINCE_ADMIN)
    given = {"body": site.body_id, "region": site.region_id, "name": "新楼"}
    assert "食堂还没有验收" in browser.post("/site/add", data=given).text
    browser.post(f"/site/delete/{site.id}")
    with scope.acting(session, SYSTEM):
        session.expire_all()
        assert session.scalars(select(Site.name).order_by(Site.id)).all() == [site.name]
