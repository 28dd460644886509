"""Does a long list leave by a job: all of it, as it would have left at once, or not at all?"""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import scope
from app.core.jobs import exports
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.sheets.writing import listing
from app.core.tables import Change, Job
from app.core.views.interface import EntityInterface
from app.core.views.lists import exported_rows
from app.models import Candidate
from app.roles import AUDITOR, BODY_CLERK
from tests import factories
from tests.security.people import signed_in
from tests.views.pages import text

#: More than this is a job here, and fewer than it a portion.
FEW = 3


@pytest.fixture
def people(session: AnySession, monkeypatch: pytest.MonkeyPatch) -> list[Candidate]:
    monkeypatch.setattr(exports, "AT_ONCE", FEW)
    monkeypatch.setattr(exports, "NOTED", 2)
    monkeypatch.setattr(exported_rows, "PORTION", 2)
    batch = factories.batch(session, factories.body(session, "DEMO"), "DEMO-2021-0001")
    return factories.candidates(session, batch, 5)


def lines(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def fetched(browser: FlaskClient, answer: Any) -> Any:
    """The file of the job that the browser was led to."""
    assert answer.status_code == 303
    assert answer.location.startswith("/jobs/")
    assert "已完成" in text(browser.get(answer.location).text)
    return browser.get(f"{answer.location}/file")


def trail(session: AnySession) -> list[Change]:
    session.expire_all()
    return list(session.scalars(select(Change).where(Change.kind == "export")))


def test_as_many_as_allowed_leave_at_once_and_one_more_by_a_job(
    session: AnySession, province: FlaskClient, people: list[Candidate]
) -> None:
    names = ",".join(one.name for one in people[:FEW])
    assert len(lines(province.get(f"/candidate/export?format=csv&name.in={names}"))) == FEW + 1
    assert not session.scalars(select(Job)).all()
    answer = province.get("/candidate/export?format=csv")
    assert len(lines(fetched(province, answer))) == len(people) + 1
    assert [(one.source, one.fields["行数"]) for one in trail(session)] == [
        ("screen", [None, FEW]),
        ("job", [None, len(people)]),
    ]
    assert session.scalars(select(Job.title)).one() == "导出参评人员（5 条）"


def test_a_job_writes_the_same_file_as_a_page(
    province: FlaskClient, people: list[Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "?sort=-name&columns=name,id_number,batch,gender&batch.filled=1"
    for asked in (
        {"export_columns": "current"},
        {"export_columns": "all", "export_values": "codes"},
        {"export_columns": "pick", "export_column": ["phone", "level"]},
    ):
        data = {"export_scope": "all", "export_format": "csv", **asked}
        later = lines(fetched(province, province.post(f"/candidate/export{query}", data=data)))
        with monkeypatch.context() as patched:
            patched.setattr(exports, "AT_ONCE", 100)
            assert lines(province.post(f"/candidate/export{query}", data=data)) == later
        assert len(later) == len(people) + 1


def test_numbers_are_masked_and_conditions_noted_as_at_once(
    app: Flask, session: AnySession, people: list[Candidate]
) -> None:
    auditor = signed_in(app, AUDITOR)
    asked = f"?format=csv&id_number.in={','.join(one.id_number for one in people)}"
    rows = lines(fetched(auditor, auditor.get(f"/candidate/export{asked}")))
    at = rows[0].index("身份证号")
    assert all("*" in row[at] for row in rows[1:])
    (noted,) = trail(session)
    assert noted.fields["证件号码"] == [None, "部分隐藏"]
    assert noted.fields["身份证号"][1].startswith("是其中之一")
    assert people[0].id_number not in str(noted.fields)


def test_the_scope_of_who_asked_holds_in_the_job(
    app: Flask, session: AnySession, people: list[Candidate]
) -> None:
    other = factories.body(session, "OTHER")
    factories.candidates(session, factories.batch(session, other), 4, seed=9)
    with scope.acting(session, SYSTEM):
        of = people[0].batch.body_id
    clerk = signed_in(app, BODY_CLERK, body_id=of)
    rows = lines(fetched(clerk, clerk.get("/candidate/export?format=csv")))
    assert {row[0] for row in rows[1:]} == {one.name for one in people}


def test_chosen_rows_leave_by_a_job_too_without_those_out_of_scope(
    app: Flask, session: AnySession, people: list[Candidate]
) -> None:
    with scope.acting(session, SYSTEM):
        of = people[0].batch.body_id
    stranger = factories.candidates(
        session, factories.batch(session, factories.body(session, "OTHER")), 1, seed=9
    )[0]
    clerk = signed_in(app, BODY_CLERK, body_id=of)
    keys = [str(one.id) for one in (people[4], people[1], stranger, people[0], people[3])]
    answer = clerk.post("/candidate/export", data={"export_format": "csv", "rowid": keys})
    assert "所选 5 条中有 1 条已不在您的管辖范围内" in text(clerk.get(answer.location).text)
    rows = lines(fetched(clerk, answer))
    assert [row[0] for row in rows[1:]] == [people[at].name for at in (4, 1, 0, 3)]
    assert trail(session)[0].fields["范围"] == [None, "所选记录"]


def test_a_workbook_of_several_sheets_has_every_row(
    province: FlaskClient, people: list[Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_small_sheets(*given: Any, **more: Any) -> int:
        return listing.write_xlsx(*given, **more, rows_of_sheet=3)

    monkeypatch.setattr(exports, "write_xlsx", in_small_sheets)
    file = fetched(province, province.get("/candidate/export"))
    book = openpyxl.load_workbook(io.BytesIO(file.data))
    found = [row[0] for one in book for row in one.iter_rows(min_row=2, values_only=True)]
    assert len(book.sheetnames) == 3
    assert sorted(found) == sorted(one.name for one in people)


@pytest.mark.parametrize("at_once", [100, FEW])
def test_fewer_rows_than_promised_are_no_file_and_no_entry_in_the_trail(
    session: AnySession,
    province: FlaskClient,
    people: list[Candidate],
    monkeypatch: pytest.MonkeyPatch,
    at_once: int,
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", at_once)
    whole = EntityInterface.get_many
    monkeypatch.setattr(
        EntityInterface, "get_many", lambda self, keys, *more: whole(self, keys, *more)[:1]
    )
    answer = province.get("/candidate/export?format=csv")
    if at_once == FEW:
        page = text(province.get(answer.location).text)
        assert province.get(f"{answer.location}/file").status_code == 404
    else:
        assert answer.status_code == 409
        page = text(answer.text)
    assert "应导出 5 条，只写出 3 条" in page
    assert "请重新导出" in page
    assert not trail(session)


def test_too_many_jobs_at_once_are_reported_on_the_list(
    session: AnySession, province: FlaskClient, people: list[Candidate],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("app.core.jobs.put", lambda _job: None)
    for at in range(5):
        province.get(f"/candidate/export?format=csv&serial.not={100 + at}")
    answer = province.get("/candidate/export?format=csv")
    assert answer.location.startswith("/candidate/list/")
    assert "您已有5项正在生成" in text(province.get(answer.location).text)
    assert len(session.scalars(select(Job)).all()) == 5


def test_the_dialog_says_that_it_will_take_a_job(
    province: FlaskClient, people: list[Candidate]
) -> None:
    assert "超过 3 条的在后台生成" in text(province.get("/candidate/list/").text)
    assert "在后台生成" not in text(province.get(f"/candidate/list/?q={people[0].name}").text)
