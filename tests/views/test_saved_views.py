"""Does a list open as each person laid it out, under names that others may have given it?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.declarations.field import describe
from app.core.scope import AnySession
from app.core.views.columns import choosable
from app.models import Batch
from app.roles import BODY_CLERK, CITY_ADMIN, PROVINCE_CLERK
from tests import factories
from tests.security.people import signed_in
from tests.views.pages import keys, text


@pytest.fixture
def batches(session: AnySession) -> list[Batch]:
    of = factories.body(session, "DEMO")
    return [factories.batch(session, of, f"DEMO-2021-{at:04d}") for at in range(1, 4)]


def heads(page: str) -> list[str]:
    """The columns that a list shows."""
    shown = re.findall(r'class="sort[^"]*" href="[^"]*"[^>]*>([^<]+)<', page)
    return [one.strip() for one in shown]


def choose(browser: FlaskClient, *names: str, **more: Any) -> str:
    answer = browser.post(
        "/batch/columns", data={"columns": list(names), **more}, follow_redirects=True
    )
    assert answer.status_code == 200
    return answer.text


def keep(browser: FlaskClient, query: str = "", **data: Any) -> Any:
    answer = browser.post(f"/batch/views{query}", data=data)
    assert answer.status_code == 303
    return answer


def test_columns_are_chosen_and_put_in_order_for_oneself_alone(
    app: Flask, province: FlaskClient, batches: list[Batch]
) -> None:
    usual = heads(province.get("/batch/list/").text)
    label = describe(Batch).field
    assert heads(choose(province, "remark", "no", "nonsense", "version")) == [
        label("remark").label, label("no").label,
    ]  # fmt: skip
    assert "/batch/list/?columns=remark%2Cno" in province.get("/batch/list/").text
    assert heads(signed_in(app, PROVINCE_CLERK).get("/batch/list/").text) == usual
    assert heads(choose(province, reset="1")) == usual


def test_every_shown_field_can_be_chosen_and_none_that_is_hidden() -> None:
    names = {field.name for field in choosable(Batch)}
    assert {field.name for field in describe(Batch).where("show")} - Batch.__hidden__ <= names
    assert not names & Batch.__hidden__


def test_a_choice_of_nothing_changes_nothing(province: FlaskClient, batches: list[Batch]) -> None:
    usual = heads(province.get("/batch/list/").text)
    shown = choose(province)
    assert "至少要选一列" in shown
    assert heads(shown) == usual


def test_a_chosen_number_stays_masked(session: AnySession, province: FlaskClient) -> None:
    batch = factories.batch(session, factories.body(session, "DEMO"))
    (person,) = factories.candidates(session, batch, 1)
    page = province.get("/candidate/list/?columns=name,id_number,phone").text
    assert person.id_number not in page
    assert person.phone not in page


def test_the_page_size_is_remembered(province: FlaskClient) -> None:
    province.post("/region/columns", data={"columns": "name", "size": "200"})
    assert 'aria-current="true">200<' in province.get("/region/list/").text


def test_rows_stand_by_several_columns_and_the_heads_say_so(
    session: AnySession, province: FlaskClient
) -> None:
    of = factories.body(session, "DEMO")
    made = [factories.batch(session, of, no) for no in "ABCD"]
    for one, name in zip(made, ("1组", "2组", "1组", "2组"), strict=True):
        one.name = name
        factories.keep(session, one)
    a, b, c, d = (one.id for one in made)
    page = province.get("/batch/list/?sort=name,-no&columns=no,name").text
    assert keys(page) == [c, a, d, b]
    assert re.findall(r"<sup>(\d)</sup>", page) == ["2", "1"]
    assert 'data-add="/batch/list/?sort=-name%2C-no&amp;' in page
    assert "批次编号 降序" in text(page)


def test_a_view_keeps_conditions_order_columns_and_size(
    province: FlaskClient, batches: list[Batch]
) -> None:
    asked = "?state=draft&no.starts=DEMO&sort=-no&columns=no,name&size=50"
    opened = province.get(keep(province, asked, name="草稿").location).text
    assert "已保存视图“草稿”" in opened
    link = re.search(r'href="(/batch/list/\?[^"]*view=\d+)"', opened)
    assert link
    page = province.get(link[1].replace("&amp;", "&")).text
    assert heads(page) == ["批次编号", "名称"] or len(heads(page)) == 2
    assert keys(page) == [one.id for one in reversed(batches)]
    assert 'aria-current="true">50<' in page
    assert "已改动" not in page
    assert "已改动" in province.get(f"{link[1].replace('&amp;', '&')}&q=DEMO").text


def test_the_default_opens_without_conditions_and_the_plain_list_stays_in_reach(
    province: FlaskClient, batches: list[Batch]
) -> None:
    keep(province, "?no.is=DEMO-2021-0002", name="一个", first="1")
    first = province.get("/batch/list/")
    assert first.status_code == 302
    page = province.get(first.location).text
    assert keys(page) == [batches[1].id]
    assert 'href="/batch/list/?view=0"' in page
    assert len(keys(province.get("/batch/list/?view=0").text)) == 3
    assert len(keys(province.get("/batch/list/?state=draft").text)) == 3
    province.post("/batch/views/0/first")
    assert province.get("/batch/list/").status_code == 200


def test_a_shared_view_shows_each_person_what_is_theirs(
    app: Flask, session: AnySession, province: FlaskClient, batches: list[Batch]
) -> None:
    other = factories.batch(session, factories.body(session, "OTHER"))
    answer = keep(province, f"?body.in={batches[0].body_id},{other.body_id}", name="两家",
                  role=BODY_CLERK, leads="1")  # fmt: skip
    assert len(keys(province.get(answer.location).text)) == 4
    clerk = signed_in(app, BODY_CLERK, body_id=other.body_id)
    opened = clerk.get("/batch/list/", follow_redirects=True).text
    assert keys(opened) == [other.id]
    assert "DEMO-2021" not in opened


def test_who_minds_all_lists_finds_the_views_of_other_roles(
    app: Flask, province: FlaskClient, batches: list[Batch]
) -> None:
    keep(signed_in(app, CITY_ADMIN), "?no=DEMO", name="给机构的", role=BODY_CLERK)
    page = province.get("/batch/list/").text
    assert "共享给其他角色的视图" in page
    assert "给机构的" in page
    assert "给机构的" not in signed_in(app, PROVINCE_CLERK).get("/batch/list/").text


def test_views_are_renamed_updated_and_deleted(province: FlaskClient, batches: list[Batch]) -> None:
    answer = keep(province, "?q=DEMO", name="旧名")
    assert "旧名" in province.get(answer.location).text
    number = answer.location.rpartition("=")[2]
    keep(province, "?q=0001", name="新名", view=number)
    page = province.get("/batch/list/").text
    assert "新名" in page
    assert "旧名" not in page
    assert "q=0001" in page
    province.post(f"/batch/views/{number}/delete")
    assert "已删除视图“新名”" in province.get("/region/list/").text
    assert 'class="views"' not in province.get("/batch/list/").text


def test_refusals_are_reported_and_nothing_is_kept(
    app: Flask, province: FlaskClient, batches: list[Batch]
) -> None:
    keep(province, name="")
    assert "请写上视图的名称" in province.get("/batch/list/").text
    clerk = signed_in(app, PROVINCE_CLERK)
    keep(clerk, name="给别人", role=BODY_CLERK)
    assert "只有中心管理员和系统管理员可以共享视图" in clerk.get("/batch/list/").text
    for act in ("/batch/views/77777/delete", "/batch/views/x/delete", "/batch/views/77777/first"):
        clerk.post(act)
        assert "没有这个视图" in clerk.get("/batch/list/").text


def test_views_and_columns_are_kept_by_posting_alone_and_never_by_a_forged_request(
    app: Flask, province: FlaskClient
) -> None:
    urls = ("/batch/views", "/batch/columns", "/batch/views/1/delete", "/batch/views/1/first")
    assert {province.get(url).status_code for url in urls} == {405}
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert {province.post(url).status_code for url in urls} == {400}
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
