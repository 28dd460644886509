"""Does a list find what was asked for, in the order that was asked for, and survive the rest?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.scope import AnySession
from app.models import Score
from app.roles import PROVINCE_ADMIN
from tests import factories
from tests.security.people import PASSWORD, someone
from tests.security.people import sign_in as post_login
from tests.views.pages import keys, text, total


@pytest.fixture
def batches(session: AnySession) -> list[Any]:
    """Three batches of one body: 甲 on the 1st, 乙_% on the 2nd, 丙 on the 3rd of May 2021."""
    of = factories.body(session, "DEMO")
    made = []
    for at, name in enumerate(("甲厂认定", "乙_%厂认定", "丙厂认定"), start=1):
        one = factories.batch(session, of, f"DEMO-2021-{at:04d}", exam=date(2021, 5, at))
        one.name = name
        made.append(factories.keep(session, one))
    return made


def ask(browser: FlaskClient, **args: Any) -> list[int]:
    answer = browser.get("/batch/list/", query_string=args)
    assert answer.status_code == 200
    return keys(answer.text)


def test_the_newest_stands_first(province: FlaskClient, batches: list[Any]) -> None:
    assert ask(province) == [batches[2].id, batches[1].id, batches[0].id]


def test_a_code_list_stands_in_the_order_of_its_codes(province: FlaskClient) -> None:
    page = province.get("/region/list/").text
    assert keys(page)
    assert "北京市" in page


def test_quick_search_looks_at_number_and_name(province: FlaskClient, batches: list[Any]) -> None:
    assert ask(province, q="丙厂") == [batches[2].id]
    assert ask(province, q="DEMO-2021-0001") == [batches[0].id]
    assert ask(province, q="demo-2021-0001") == [batches[0].id]
    assert ask(province, q="0001") == []


@pytest.mark.parametrize(
    ("sign", "found"), [("%", 1), ("_", 1), ("乙_%", 1), ("甲_", 0), ("\\", 0)]
)
def test_wildcards_are_ordinary_signs(
    province: FlaskClient, batches: list[Any], sign: str, found: int
) -> None:
    assert len(ask(province, q=sign)) == found
    assert len(ask(province, name=sign)) == found


def test_a_range_of_days_holds_both_ends(province: FlaskClient, batches: list[Any]) -> None:
    found = ask(province, exam_date_from="2021-05-02", exam_date_to="2021-05-03")
    assert found == [batches[2].id, batches[1].id]
    assert ask(province, exam_date_to="2021-05-01") == [batches[0].id]


def test_a_list_is_narrowed_to_a_body_and_a_state(
    province: FlaskClient, session: AnySession, batches: list[Any]
) -> None:
    other = factories.batch(session, factories.body(session, "OTHER"))
    assert ask(province, body=other.body_id) == [other.id]
    assert ask(province, body=other.body_id, state="archived") == []
    assert ask(province, state="draft", q="DEMO") == [one.id for one in reversed(batches)]


def test_a_number_range_works_on_decimals(province: FlaskClient, session: AnySession) -> None:
    batch = factories.batch(session, factories.body(session, "DEMO"))
    people = factories.candidates(session, batch, 3)
    for person, mark in zip(people, ("59.5", "60.0", "88.5"), strict=True):
        factories.keep(session, Score(batch=batch, candidate=person, theory=Decimal(mark)))
    page = province.get("/score/list/?theory_from=60&theory_to=88.4").text
    assert total(page) == 1
    assert "60.0" in page


@pytest.mark.parametrize(
    "condition",
    [
        "exam_date_from=morgen",
        "exam_date_to=2021-13-45",
        "body=abc",
        "body=-1",
        "body=99999999999999999999",
        "state=unknown",
        "q=%00%00x",
    ],
)
def test_a_value_that_cannot_be_read_matches_nothing(
    province: FlaskClient, batches: list[Any], condition: str
) -> None:
    answer = province.get(f"/batch/list/?{condition}")
    assert answer.status_code == 200
    assert keys(answer.text) == []


@pytest.mark.parametrize("name", ["q", "name", "no", "state"])
def test_no_text_is_too_long_to_be_looked_for(
    province: FlaskClient, batches: list[Any], name: str
) -> None:
    answer = province.get(f"/batch/list/?{name}={'a' * 60_000}")
    assert (answer.status_code, keys(answer.text)) == (200, [])
    assert province.get(f"/batch/pick/body?q={'a' * 60_000}").json["results"] == []


def test_a_yes_or_no_that_is_neither_matches_nothing(province: FlaskClient) -> None:
    assert keys(province.get("/occupation/list/?active=1").text)
    assert keys(province.get("/occupation/list/?active=n").text) == []


@pytest.mark.parametrize(
    "condition",
    [
        *("theory_from=x", "theory_to=NaN", "theory_from=Infinity", "theory_from=1e999999999"),
        *("theory_from=1e-99999", "theory_to=sNaN", "theory_to=1_0"),
    ],
)
def test_a_number_that_is_none_is_no_fault(province: FlaskClient, condition: str) -> None:
    assert province.get(f"/score/list/?{condition}").status_code == 200


def test_rows_stand_in_the_order_that_was_asked_for(
    province: FlaskClient, session: AnySession, batches: list[Any]
) -> None:
    ids = [one.id for one in batches]
    assert ask(province, sort="exam_date") == ids
    assert ask(province, sort="-exam_date") == ids[::-1]
    factories.batch(session, factories.body(session, "AAA", name="啊机构"), "AAA-1")
    assert len(ask(province, sort="body")) == 4
    assert ask(province, sort="body")[-3:] != ask(province, sort="-body")[-3:]


@pytest.mark.parametrize(
    "sort",
    ["created_by_id", "body.name", "password", "-remark", "version", "id;drop", "__class__", "-"],
)
def test_an_unknown_column_sorts_nothing(
    province: FlaskClient, batches: list[Any], sort: str
) -> None:
    assert ask(province, sort=sort) == ask(province)


@pytest.mark.parametrize("page", ["abc", "-1", "0", "", "9" * 30, "1.5", "２"])
def test_a_page_that_is_none_is_the_nearest_one(
    province: FlaskClient, batches: list[Any], page: str
) -> None:
    assert len(ask(province, page=page)) == 3


@pytest.mark.parametrize("size", ["1000000", "abc", "-5", "0", "26"])
def test_a_page_is_no_larger_than_offered(province: FlaskClient, size: str) -> None:
    assert len(keys(province.get(f"/region/list/?size={size}").text)) == 25
    assert len(keys(province.get("/region/list/?size=100").text)) == 100


def test_every_row_stands_on_exactly_one_page(province: FlaskClient) -> None:
    seen = [
        key
        for page in range(1, 4)
        for key in keys(province.get(f"/level/list/?page={page}&sort=active").text)
    ]
    pages = keys(province.get("/level/list/?size=100").text)
    assert set(seen) == set(pages)


def test_numbers_and_telephones_are_masked(province: FlaskClient, session: AnySession) -> None:
    batch = factories.batch(session, factories.body(session, "DEMO"))
    (person,) = factories.candidates(session, batch, 1)
    for url in (
        "/candidate/list/",
        f"/candidate/show/{person.id}",
        f"/batch/show/{batch.id}?tab=candidate",
    ):
        page = province.get(url).text
        assert person.id_number not in page, url
        assert person.phone not in page, url
        assert person.id_number[-4:] in page


def test_codes_and_states_read_as_words(province: FlaskClient, batches: list[Any]) -> None:
    shown = text(province.get("/batch/list/").text)
    assert "草稿" in shown
    shown = text(province.get(f"/batch/show/{batches[0].id}").text)
    assert "考核鉴定" in shown


def test_an_empty_list_says_why(province: FlaskClient) -> None:
    assert "还没有认定批次" in province.get("/batch/list/").text
    assert "没有符合条件的认定批次" in province.get("/batch/list/?q=xyz").text


def test_two_people_at_once_each_get_their_own_conditions(
    app: Flask, session: AnySession, batches: list[Any]
) -> None:
    user = someone(PROVINCE_ADMIN, "both").username
    first, last = batches[0].id, batches[2].id
    session.commit()

    def look(at: int) -> bool:
        browser = app.test_client()
        post_login(browser, user, PASSWORD)
        name, key = ("甲厂", first) if at % 2 else ("丙厂", last)
        return all(keys(browser.get(f"/batch/list/?q={name}").text) == [key] for _ in range(15))

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(look, range(8)))
