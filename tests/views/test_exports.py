"""Does a list leave as a file with the same rows, harmless, and with a note of who took it?"""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.declarations.field import describe
from app.core.scope import AnySession
from app.core.tables import Change
from app.core.views.columns import exported
from app.models import Assessor, Candidate, Site
from app.roles import AUDITOR, BODY_CLERK, CITY_ADMIN
from tests import factories
from tests.security.people import signed_in


@pytest.fixture
def person(session: AnySession) -> Candidate:
    batch = factories.batch(session, factories.body(session, "DEMO"), "DEMO-2021-0001")
    return factories.candidates(session, batch, 3)[0]


def sheet(browser: FlaskClient, url: str) -> list[tuple[Any, ...]]:
    answer = browser.get(url)
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    return list(book.active.iter_rows(values_only=True))


def lines(browser: FlaskClient, url: str) -> list[list[str]]:
    answer = browser.get(url)
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_workbook_has_the_declared_columns_and_the_rows_of_the_list(
    province: FlaskClient, person: Candidate
) -> None:
    rows = sheet(province, "/candidate/export")
    assert rows[0] == tuple(field.label for field in exported(Candidate))
    assert [row[0] for row in rows[1:]] == [
        row[0] for row in lines(province, "/candidate/export?format=csv")[1:]
    ]
    assert len(rows) == 4


def test_the_conditions_of_the_list_hold_for_the_file(
    province: FlaskClient, person: Candidate
) -> None:
    rows = lines(province, f"/candidate/export?format=csv&q={person.name}&sort=-name")
    assert {row[0] for row in rows[1:]} == {person.name}
    assert len(lines(province, "/candidate/export?format=csv&batch=999")) == 1


def test_an_identity_number_is_text_and_whole_for_who_writes_it(
    app: Flask, province: FlaskClient, person: Candidate
) -> None:
    at = [field.name for field in exported(Candidate)].index("id_number")
    whole = [row[at] for row in sheet(province, "/candidate/export")[1:]]
    assert person.id_number in whole
    assert all(isinstance(value, str) for value in whole)
    masked = [row[at] for row in sheet(signed_in(app, AUDITOR), "/candidate/export")[1:]]
    assert person.id_number not in masked
    assert all("*" in value for value in masked)


def test_a_card_of_the_common_pool_keeps_its_numbers_from_who_only_uses_it(
    app: Flask, session: AnySession
) -> None:
    body = factories.body(session, "DEMO")
    number = "130203199001011237"
    factories.assessor(session, None, id_number=number, phone="13800138000")
    factories.assessor(session, body, id_number="130203198209232773", phone="13900139000")
    at = [field.label for field in exported(Assessor)]
    clerk = signed_in(app, BODY_CLERK, body_id=body.id)
    cards = [dict(zip(at, row, strict=True)) for row in sheet(clerk, "/assessor/export")[1:]]
    assert {row["身份证号"] for row in cards} == {"130203198209232773", "130***********1237"}
    assert {row["联系电话"] for row in cards} == {"13900139000", "138****8000"}
    issuer = signed_in(app, CITY_ADMIN, centre_id=factories.centre(session).id)
    assert number in str(sheet(issuer, "/assessor/export"))


def test_the_trail_keeps_no_whole_number_that_was_looked_for(
    session: AnySession, province: FlaskClient, person: Candidate
) -> None:
    for asked in ("q", "id_number"):
        sheet(province, f"/candidate/export?{asked}={person.id_number}")
    noted = session.scalars(select(Change).where(Change.kind == "export")).all()
    assert [one.fields["行数"] for one in noted] == [[None, 1]] * 2
    assert not [one.fields for one in noted if person.id_number in str(one.fields)]


def test_codes_and_relations_are_words_and_days_are_days(
    province: FlaskClient, person: Candidate
) -> None:
    row = dict(zip(*sheet(province, f"/candidate/export?q={person.name}")[:2], strict=True))
    assert row["性别"] in ("男", "女")
    assert row["认定批次"] == "DEMO-2021-0001"
    assert row["出生日期"].date() == person.birth_date
    assert describe(Candidate).field("gender").label == "性别"


@pytest.mark.parametrize("sign", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)"])
def test_nothing_becomes_a_formula(session: AnySession, province: FlaskClient, sign: str) -> None:
    body = factories.body(session, "DEMO")
    factories.keep(session, Site(body=body, name="甲" + sign, address=sign, region_id=1))
    answer = province.get("/site/export")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert "f" not in kinds
    for row in lines(province, "/site/export?format=csv")[1:]:
        assert not any(cell[:1] in "=+-@\t" for cell in row if cell)


def test_who_took_what_is_written_down(
    session: AnySession, province: FlaskClient, person: Candidate
) -> None:
    sheet(province, f"/candidate/export?q={person.name}&batch={person.batch_id}")
    noted = session.scalars(select(Change).where(Change.kind == "export")).one()
    assert noted.entity == "Candidate"
    assert noted.fields["行数"] == [None, 1]
    assert noted.fields["快速查找"] == [None, person.name]
    assert "DEMO-2021-0001" in noted.fields["认定批次"][1]
    assert "导出" in province.get("/change/list/?kind=export").text


def test_an_unknown_kind_of_file_is_not_found(province: FlaskClient) -> None:
    assert province.get("/candidate/export?format=exe").status_code == 404


def test_the_file_has_a_chinese_name_and_is_never_opened_in_the_page(
    province: FlaskClient, person: Candidate
) -> None:
    for kind in ("xlsx", "csv"):
        headers = province.get(f"/candidate/export?format={kind}").headers
        assert headers["Content-Disposition"].startswith("attachment")
        assert "%E5%8F%82" in headers["Content-Disposition"]
        assert headers["X-Content-Type-Options"] == "nosniff"
