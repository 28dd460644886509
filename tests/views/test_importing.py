"""Does a workbook go through the screens from upload to acceptance, for the right people only?"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.roles import SYSTEM
from app.core.tables import ImportRun
from app.models import Batch, Candidate
from app.roles import AUDITOR, BODY_CLERK, CITY_CLERK
from tests import factories
from tests.security.people import signed_in

WORKBOOKS = Path(__file__).parents[1] / "workbooks"
WORK_TYPES = ("普通车工", "数控车工", "电焊工", "电工", "桥式起重机司机")
STRANGE = b"".join(
    line.encode() + b"\r\n"
    for line in (
        "职工称呼,身份证号,申报工种,申报等级",
        "张三,130203198209232773,电工,五级",
    )
)


@pytest.fixture
def batch(session: scoped_session[Session]) -> Batch:
    """A draft batch of a body with the samples' work types."""
    return factories.batch(session, factories.body(session, work_types=WORK_TYPES))


@pytest.fixture
def clerk(app: Flask, batch: Batch) -> FlaskClient:
    """The body's clerk, signed in."""
    return signed_in(app, BODY_CLERK, "import-clerk", body_id=batch.body_id)


def send(client: FlaskClient, batch: Batch, data: bytes, name: str, kind: str = "roster") -> Any:
    file = (io.BytesIO(data), name)
    return client.post(f"/batch/{batch.id}/import/", data={"kind": kind, "file": file})


def sample(name: str) -> bytes:
    return (WORKBOOKS / name).read_bytes()


def staged(client: FlaskClient, batch: Batch, name: str = "roster-messy.xlsx") -> str:
    """The address of the preview of a sample."""
    answer = send(client, batch, sample(name), name)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def people(session: scoped_session[Session]) -> list[Candidate]:
    with scope.acting(session, SYSTEM):
        return list(session.scalars(select(Candidate)))


def last_run(session: scoped_session[Session]) -> ImportRun:
    return session.scalars(select(ImportRun).order_by(ImportRun.id.desc())).first()


@pytest.mark.parametrize("name", ["名\0册.csv", "../../名册.csv", "/etc/名册.csv"])
def test_of_a_file_name_only_the_name_is_kept(
    session: scoped_session[Session], clerk: FlaskClient, batch: Batch, name: str
) -> None:
    assert send(clerk, batch, STRANGE, name).status_code == 302
    assert last_run(session).filename == "名册.csv"


def test_the_page_of_a_batch_leads_to_the_import(clerk: FlaskClient, batch: Batch) -> None:
    page = clerk.get(f"/batch/show/{batch.id}").text
    assert f"/batch/{batch.id}/import/" in page
    upload = clerk.get(f"/batch/{batch.id}/import/")
    assert upload.status_code == 200
    assert "人员名册" in upload.text
    assert "考务安排表" in upload.text
    assert "成绩表" in upload.text


def test_a_roster_goes_from_upload_to_acceptance(
    clerk: FlaskClient, batch: Batch, session: scoped_session[Session]
) -> None:
    url = staged(clerk, batch)
    page = clerk.get(url).text
    assert "接受导入 31 条" in page
    assert "末位校验不符" in page
    assert people(session) == []
    done = clerk.post(f"{url}/accept", follow_redirects=True)
    assert done.status_code == 200
    assert "已导入 31 条" in done.text
    assert len(people(session)) == 31


def test_each_problem_stands_at_its_cell_in_its_row(clerk: FlaskClient, batch: Batch) -> None:
    page = clerk.get(staged(clerk, batch)).text
    row = next(part for part in page.split("<tr") if ">18</th>" in part)
    assert re.search(r'<td class="bad">男|<td class="bad">女', row)
    assert "第17位" in row


def test_only_rows_with_problems_are_shown_when_asked(clerk: FlaskClient, batch: Batch) -> None:
    page = clerk.get(staged(clerk, batch) + "?only=1").text
    assert page.count('<tr class="row-refused"') == 9
    assert '<tr class="row-new"' not in page


def test_a_long_roster_is_shown_by_pages(clerk: FlaskClient, batch: Batch) -> None:
    url = staged(clerk, batch, "roster-tidy.xlsx")
    assert clerk.get(url).text.count('<tr class="row-new"') == 100
    assert clerk.get(f"{url}?page=2").text.count('<tr class="row-new"') == 20
    assert clerk.get(f"{url}?page=99").text.count('<tr class="row-new"') == 20
    assert clerk.get(f"{url}?page=x").status_code == 200


def test_the_refused_rows_can_be_taken_home_before_and_after(
    clerk: FlaskClient, batch: Batch
) -> None:
    url = staged(clerk, batch)
    for _ in range(2):
        answer = clerk.get(f"{url}/refused")
        page = load_workbook(io.BytesIO(answer.data)).active
        assert page is not None
        assert (page.max_row, page.cell(1, page.max_column).value) == (10, "问题")
        clerk.post(f"{url}/accept")


def test_the_user_maps_a_heading_and_it_is_remembered(
    clerk: FlaskClient, batch: Batch, session: scoped_session[Session]
) -> None:
    url = send(clerk, batch, STRANGE, "名册.csv").headers["Location"]
    page = clerk.get(url).text
    assert "没有找到这些必需的列" in page
    assert "接受导入 " not in page
    chosen = {"map_0": "name", "map_1": "id_number", "map_2": "work_type", "map_3": "level"}
    mapped = clerk.post(f"{url}/headings", data={**chosen, "remember": "1"}, follow_redirects=True)
    assert "接受导入 1 条" in mapped.text
    again = send(clerk, batch, STRANGE, "名册.csv").headers["Location"]
    assert "接受导入 1 条" in clerk.get(again).text


def test_a_file_that_cannot_be_read_is_refused_on_the_same_page(
    clerk: FlaskClient, batch: Batch, session: scoped_session[Session]
) -> None:
    answer = send(clerk, batch, sample("scores-tidy.xlsx"), "scores-tidy.xlsx")
    assert answer.status_code == 422
    assert "看起来是“成绩表”" in answer.text
    assert last_run(session) is None


def test_a_form_without_a_file_asks_for_one(clerk: FlaskClient, batch: Batch) -> None:
    answer = clerk.post(f"/batch/{batch.id}/import/", data={"kind": "roster"})
    assert answer.status_code == 422
    assert "请选择一个表格文件" in answer.text


def test_a_discarded_upload_writes_nothing_and_is_over(
    clerk: FlaskClient, batch: Batch, session: scoped_session[Session]
) -> None:
    url = staged(clerk, batch)
    answer = clerk.post(f"{url}/discard", follow_redirects=True)
    assert "没有写入任何数据" in answer.text
    assert people(session) == []
    assert clerk.get(url).status_code == 409


def test_accepting_twice_changes_nothing_the_second_time(
    clerk: FlaskClient, batch: Batch, session: scoped_session[Session]
) -> None:
    url = staged(clerk, batch)
    clerk.post(f"{url}/accept")
    answer = clerk.post(f"{url}/accept", follow_redirects=True)
    assert "已经导入" in answer.text
    assert len(people(session)) == 31


@pytest.mark.parametrize("act", ["accept", "discard", "headings"])
def test_nothing_is_changed_by_following_a_link(
    clerk: FlaskClient, batch: Batch, session: scoped_session[Session], act: str
) -> None:
    url = staged(clerk, batch)
    assert clerk.get(f"{url}/{act}").status_code == 405
    assert last_run(session).state == "staged"


def test_changes_need_the_token_of_the_page(
    app: Flask, clerk: FlaskClient, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = staged(clerk, batch)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert clerk.post(f"{url}/accept").status_code == 400


@pytest.mark.parametrize("path", ["", "/accept", "/discard", "/headings", "/done", "/refused"])
def test_an_upload_of_another_body_does_not_exist(
    app: Flask, clerk: FlaskClient, batch: Batch, session: scoped_session[Session], path: str
) -> None:
    url = staged(clerk, batch)
    stranger = signed_in(
        app, BODY_CLERK, "import-stranger", body_id=factories.body(session, "FREMD").id
    )
    ask = stranger.post if path in ("/accept", "/discard", "/headings") else stranger.get
    assert ask(url + path).status_code == 404
    assert stranger.get(f"/batch/{batch.id}/import/").status_code == 404
    assert send(stranger, batch, sample("roster-tidy.xlsx"), "a.xlsx").status_code == 404
    assert people(session) == []


@pytest.mark.parametrize("path", ["/import/abc", "/import/999999999999", "/batch/0/import/"])
def test_a_number_that_is_none_is_not_found(clerk: FlaskClient, path: str) -> None:
    assert clerk.get(path).status_code == 404


def test_an_auditor_imports_nothing(app: Flask, batch: Batch) -> None:
    auditor = signed_in(app, AUDITOR, "import-auditor")
    assert auditor.get(f"/batch/show/{batch.id}").status_code == 200
    assert f"/batch/{batch.id}/import" not in auditor.get(f"/batch/show/{batch.id}").text
    answer = auditor.get(f"/batch/{batch.id}/import/")
    assert answer.status_code in (302, 403)


def test_a_city_clerk_helps_the_bodies_of_the_city(app: Flask, batch: Batch) -> None:
    helper = signed_in(app, CITY_CLERK, "import-city")
    assert helper.get(f"/batch/{batch.id}/import/").status_code == 200


def test_a_batch_that_takes_no_roster_says_so(
    clerk: FlaskClient, batch: Batch, session: scoped_session[Session]
) -> None:
    with scope.acting(session, SYSTEM):
        batch.state = "archived"
        session.commit()
    answer = clerk.get(f"/batch/{batch.id}/import/")
    assert answer.status_code == 409
    assert "不能导入人员名册" in answer.text


def test_a_blank_sheet_can_be_fetched(clerk: FlaskClient, batch: Batch) -> None:
    answer = clerk.get(f"/batch/{batch.id}/import/template/roster")
    page = load_workbook(io.BytesIO(answer.data)).active
    assert page is not None
    assert "*身份证号" in [cell.value for cell in page[1]]
    assert clerk.get(f"/batch/{batch.id}/import/template/salaries").status_code == 404


def test_earlier_uploads_are_listed_with_their_result(clerk: FlaskClient, batch: Batch) -> None:
    clerk.post(f"{staged(clerk, batch)}/accept")
    page = clerk.get(f"/batch/{batch.id}/import/").text
    assert "roster-messy.xlsx" in page
    assert "新增 31，修改 0，问题 9" in page
