"""Is a paper attached as it is, refused when it is not what it says, and handed to the right?"""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import clock, scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Step
from app.core.views import attachments
from app.models import Batch, Material
from app.roles import BODY_CLERK
from tests import factories
from tests.security.people import signed_in
from tests.views.pages import text, values

PDF = b"%PDF-1.4\n%invented"


@pytest.fixture
def batch(session: AnySession) -> Batch:
    return factories.batch(session, factories.body(session, "DEMO"), "DEMO-2021-0001")


def attach(browser: FlaskClient, batch: Batch, name: str, content: bytes, **more: Any) -> Any:
    data = {"batch": batch.id, "kind": kind(browser), "file": (io.BytesIO(content), name), **more}
    return browser.post("/material/add", data=data, content_type="multipart/form-data")


def kind(browser: FlaskClient) -> str:
    page = browser.get("/material/add").text
    select_box = page[page.index('name="kind"') :]
    return (
        select_box.split('<option value="')[1].split('"')[0]
        or select_box.split('<option value="')[2].split('"')[0]
    )


def stored(session: AnySession) -> Material:
    with scope.acting(session, SYSTEM):
        return session.scalars(select(Material)).one()


def test_a_file_is_kept_with_name_size_and_digest(
    session: AnySession, province: FlaskClient, batch: Batch
) -> None:
    assert attach(province, batch, "承诺书.pdf", PDF).status_code == 302
    made = stored(session)
    assert (made.filename, made.size, made.content) == ("承诺书.pdf", len(PDF), PDF)
    assert made.digest == hashlib.sha256(PDF).hexdigest()


def test_a_file_is_handed_out_as_a_file(
    session: AnySession, province: FlaskClient, batch: Batch
) -> None:
    attach(province, batch, "承诺书.pdf", PDF)
    answer = province.get(f"/material/file/{stored(session).id}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "application/octet-stream"


def test_the_files_of_others_are_not_found(
    app: Flask, session: AnySession, province: FlaskClient, batch: Batch
) -> None:
    attach(province, batch, "承诺书.pdf", PDF)
    other = factories.body(session, "OTHER")
    stranger = signed_in(app, BODY_CLERK, body_id=other.id)
    assert stranger.get(f"/material/file/{stored(session).id}").status_code == 404
    assert province.get("/material/file/999").status_code == 404
    assert province.get("/material/file/..%2F..%2Fconfig.py").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("run.exe", b"MZ", "不能上传这种文件"),
        ("page.html", b"<script>", "不能上传这种文件"),
        ("none", PDF, "不能上传这种文件"),
        ("fake.pdf", b"<html>", "不是 pdf 格式"),
        ("fake.png", PDF, "不是 png 格式"),
        ("fake.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "不是 docx 格式"),
        ("empty.pdf", b"", "请选择要上传的文件|文件是空的"),
        ("nul.txt", b"a\0b", "不是 txt 格式"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_in_words(
    session: AnySession, province: FlaskClient, batch: Batch, name: str, content: bytes, said: str
) -> None:
    answer = attach(province, batch, name, content, remark="留着")
    assert answer.status_code == 200
    assert any(one in text(answer.text) for one in said.split("|"))
    assert values(answer.text)["remark"] == "留着"
    assert session.scalar(select(func.count()).select_from(Material)) == 0


def test_a_file_too_large_is_refused(
    monkeypatch: pytest.MonkeyPatch, province: FlaskClient, batch: Batch
) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 10)
    assert "超过" in text(attach(province, batch, "a.pdf", PDF).text)


def test_a_row_without_a_file_is_refused(province: FlaskClient, batch: Batch) -> None:
    data = {"batch": batch.id, "kind": kind(province)}
    assert "请选择要上传的文件" in text(province.post("/material/add", data=data).text)


def test_particulars_change_without_sending_the_file_again(
    session: AnySession, province: FlaskClient, batch: Batch
) -> None:
    attach(province, batch, "承诺书.pdf", PDF)
    made = stored(session)
    form = values(province.get(f"/material/edit/{made.id}").text) | {"remark": "已盖章"}
    assert province.post(f"/material/edit/{made.id}", data=form).status_code == 302
    session.expire_all()
    made = stored(session)
    assert (made.remark, made.content) == ("已盖章", PDF)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\资料\\承诺书.pdf", "承诺书.pdf"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
        ("", "附件"),
    ],
)
def test_a_file_name_is_only_a_name(given: str, kept: str) -> None:
    assert attachments.safe_name(given) == kept


def test_a_reviewer_reads_the_file_that_was_replaced(
    app: Flask, session: AnySession, province: FlaskClient, batch: Batch
) -> None:
    attach(province, batch, "承诺书.pdf", PDF)
    made = stored(session)
    with scope.acting(session, SYSTEM):
        session.add(
            Step(
                entity="Batch", record_id=batch.id, move="submit", source="draft",
                target="submitted", actor_name="张三", at=clock.now(),
            )
        )  # fmt: skip
        session.commit()
    clerk = signed_in(app, BODY_CLERK, "body-clerk", body_id=batch.body_id)
    form = {
        name: one
        for name, one in values(clerk.get(f"/material/edit/{made.id}").text).items()
        if name != "file"
    }
    assert "replaced_for" in form

    def sent(**more: Any) -> Any:
        data = {**form, "file": (io.BytesIO(PDF + b" sealed"), "盖章.pdf"), **more}
        url = f"/material/edit/{made.id}"
        return clerk.post(url, data=data, content_type="multipart/form-data")

    assert "更换文件请填写“更换理由”" in text(sent().text)
    assert sent(replaced_for="补盖公章").status_code == 302
    for page in (f"/material/show/{made.id}?tab=files", f"/batch/show/{batch.id}?tab=files"):
        shown = province.get(page).text
        assert "承诺书.pdf" in shown
        assert "补盖公章" in text(shown)
        assert "报送备案" in text(shown)
        assert "张三" in text(shown)
    link = re.search(r'href="(/material/former/[^"]+)"', shown)
    assert link is not None
    answer = province.get(link[1])
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert stored(session).content == PDF + b" sealed"
    assert "不能删除" in text(clerk.post(f"/material/delete/{made.id}", follow_redirects=True).text)
    away = factories.body(session, "AWAY", at=factories.BAODING, city=factories.BAODING)
    stranger = signed_in(app, BODY_CLERK, "stranger", body_id=away.id)
    assert stranger.get(link[1]).status_code == 404
    assert province.get(re.sub(r"\d+$", "999999", link[1])).status_code == 404
