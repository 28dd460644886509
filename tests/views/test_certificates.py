"""Can a clerk ask for a change of a certificate on the screen, and a centre answer it?"""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.roles import SYSTEM
from app.models import ArchiveFile, Batch, Certificate, CertificateChange, Destruction, Material
from app.roles import BODY_CLERK, PROVINCE_ADMIN
from app.services.certificates import certificates
from tests import factories, procedure
from tests.security.people import signed_in
from tests.views.pages import text

DB = scoped_session[Session]
PDF = b"%PDF-1.4\n%invented"


@pytest.fixture
def batch(session: DB) -> Batch:
    scope.bind(session, SYSTEM)
    made = procedure.ready_batch(session, number=2)
    paper = Material(batch=made, kind="other", filename="说明.pdf", content=PDF, size=18)
    factories.keep(session, paper)
    return procedure.take(session, made, "archived")


@pytest.fixture
def clerk(app: Flask, batch: Batch) -> FlaskClient:
    return signed_in(app, BODY_CLERK, body_id=batch.body_id)


@pytest.fixture
def province(app: Flask, batch: Batch) -> FlaskClient:
    return signed_in(app, PROVINCE_ADMIN, centre_id=batch.centre_id)


def posted(one: Certificate, **more: Any) -> dict[str, Any]:
    given = {"certificate": one.id, "kind": "correct", "reason": "entry_error", "detail": "录错"}
    return given | {"file": (io.BytesIO(PDF), "身份证.pdf")} | more


def test_a_correction_goes_from_the_clerk_to_the_centre_and_onto_the_certificate(
    session: DB, batch: Batch, clerk: FlaskClient, province: FlaskClient
) -> None:
    one = certificates.of_batch(session, batch)[0]
    page = clerk.get(f"/certificate/show/{one.id}").text
    assert f"/certificate_change/add?certificate={one.id}" in page
    assert "/move/void" not in page
    data = posted(one, new_holder="张珊珊")
    clerk.post("/certificate_change/add", data=data, content_type="multipart/form-data")
    change = session.scalars(select(CertificateChange)).one()
    assert (change.filename, change.content, change.state) == ("身份证.pdf", PDF, "draft")
    clerk.post(f"/certificate_change/{change.id}/move/submit")
    clerk.post(f"/certificate_change/{change.id}/move/approve")
    session.expire_all()
    assert change.state == "submitted"
    province.post(f"/certificate_change/{change.id}/move/approve")
    session.expire_all()
    assert (change.state, one.holder, one.state) == ("approved", "张珊珊", "corrected")
    shown = text(province.get(f"/certificate_change/show/{change.id}").text)
    assert change.old_holder in shown
    assert "张珊珊" in shown
    line = text(clerk.get(f"/certificate/show/{one.id}?tab=certificate_change").text)
    assert change.no in line
    file = clerk.get(f"/certificate_change/file/{change.id}")
    assert file.data == PDF
    assert "attachment" in file.headers["Content-Disposition"]


def test_what_is_wrong_with_an_application_stands_at_its_field(
    session: DB, batch: Batch, clerk: FlaskClient
) -> None:
    one = certificates.of_batch(session, batch)[0]
    for more, words in (
        ({}, "没有写明更正的内容"),
        ({"kind": "reissue"}, "不是补发的原因"),
        ({"file": (io.BytesIO(b"MZ"), "x.exe")}, "不能上传这种文件"),
    ):
        data = posted(one, **more)
        page = clerk.post("/certificate_change/add", data=data, content_type="multipart/form-data")
        assert words in text(page.text)
    assert session.scalars(select(CertificateChange)).all() == []


def test_a_stranger_reaches_neither_application_nor_evidence(
    app: Flask, session: DB, batch: Batch
) -> None:
    one = certificates.of_batch(session, batch)[0]
    change = procedure.draft_change(session, one, "reissue", "lost")
    stranger = signed_in(app, BODY_CLERK, body_id=factories.body(session, "OTHER").id)
    assert stranger.get(f"/certificate_change/file/{change.id}").status_code == 404
    page = stranger.post("/certificate_change/add", data=posted(one, kind="reissue", reason="lost"))
    assert "不在您的管辖范围内" in text(page.text)


def test_due_files_are_listed_chosen_and_put_into_an_application(
    session: DB, batch: Batch, clerk: FlaskClient, province: FlaskClient
) -> None:
    with clock.set_to(date(2026, 5, 14)):
        listed = clerk.get(clerk.get("/archive_file/due").location)
        assert "申请销毁" in listed.text
        assert batch.no in listed.text
        ids = session.scalars(select(ArchiveFile.id)).all()
        sent = clerk.post("/archive_file/destroy", data={"rowid": ids}, follow_redirects=True)
        made = session.scalars(select(Destruction)).one()
        assert made.no in sent.text
        assert len(made.files) == len(ids)
        refused = clerk.post("/archive_file/destroy", data={}, follow_redirects=True)
        assert "还没有列入要销毁的资料" in text(refused.text)
        form = {"place": "档案室", "witnesses": "赵会敏、钱文彬", "method": "mixed"}
        form |= {"body": batch.body_id, "files": ids, "version": made.version, "reason": "期满"}
        clerk.post(f"/destruction/edit/{made.id}", data=form)
        for browser, move in ((clerk, "submit"), (province, "approve"), (clerk, "execute")):
            browser.post(f"/destruction/{made.id}/move/{move}")
    session.expire_all()
    assert (made.state, made.place) == ("executed", "档案室")
    paper = session.scalars(select(Material).where(Material.filename == "说明.pdf")).one()
    assert paper.content == b""
    gone = clerk.get(f"/material/file/{paper.id}")
    assert gone.status_code == 404
    assert "按程序销毁" in gone.text
    assert "disabled" in clerk.get(f"/material/show/{paper.id}").text


def test_a_batch_tells_whether_its_numbers_add_up(
    session: DB, batch: Batch, clerk: FlaskClient
) -> None:
    page = text(clerk.get(f"/batch/show/{batch.id}?tab=segments").text)
    assert "号段核对无误" in page
    last = certificates.of_batch(session, batch)[-1]
    last.number = f"{last.number[:-1]}7"
    session.commit()
    assert "号段不连续" in text(clerk.get(f"/batch/show/{batch.id}?tab=segments").text)
