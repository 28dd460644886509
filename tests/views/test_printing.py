"""Does every record print without the menu, masked as on the screen, and only within the scope?"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Job
from app.core.views.base import EntityView
from app.models import Batch, Candidate, Certificate, Material
from app.roles import AUDITOR, BODY_CLERK
from app.services.documents import documents
from tests import factories, procedure
from tests.security.people import signed_in
from tests.services.test_photos import packed
from tests.sheets.test_photo import picture
from tests.views.conftest import SignIn
from tests.views.world import World

WHOLE_NUMBER = re.compile(r"\d{17}[\dX]")


def screens(app: Flask) -> list[EntityView]:
    views = app.extensions["appbuilder"].baseviews
    return [view for view in views if isinstance(view, EntityView)]


def test_every_record_prints_with_its_number_and_groups_and_masked(
    app: Flask, session: AnySession, ours: World, province: FlaskClient
) -> None:
    seen = 0
    for view in screens(app):
        with scope.acting(session, SYSTEM):
            item = session.scalars(select(view.model).limit(1)).first()
            key, name = (item.id, str(item)) if item is not None else (None, "")
        if key is None:
            continue
        answer = province.get(f"{view.route_base}/print/{key}")
        if answer.status_code == 404:
            continue
        assert answer.status_code == 200, view.route_base
        page = answer.text[answer.text.index("<article") : answer.text.index("</article>")]
        assert "打印日期" in page
        assert "<form" not in page
        if view.model is Candidate:
            assert name in page
            assert not WHOLE_NUMBER.search(page)
        seen += 1
    assert seen > 20


def test_nobody_prints_a_record_of_others(
    app: Flask, session: AnySession, theirs: World, sign_in: SignIn
) -> None:
    browser = signed_in(app, BODY_CLERK)
    with scope.acting(session, SYSTEM):
        batch = session.scalars(select(Batch)).one().id
        person = session.scalars(select(Candidate.id)).first()
        certificate = session.scalars(select(Certificate.id)).first()
    for url in (
        f"/batch/print/{batch}",
        f"/candidate/print/{person}",
        f"/certificate/pdf/{certificate}",
        f"/material/photos/{batch}",
    ):
        assert browser.get(url).status_code in (403, 404), url
    for url, key in (("/candidate/applications", person), ("/certificate/print", certificate)):
        answer = browser.post(url, data={"rowid": key, "form": "pdf"})
        assert answer.status_code == 303, url
    photos = packed({"1.jpg": picture()})
    sent = browser.post(f"/material/photos/{batch}", data={"file": (BytesIO(photos), "a.zip")})
    assert sent.status_code in (403, 404)


@pytest.fixture
def batch(session: AnySession) -> Batch:
    return procedure.ready_batch(session, number=3)


def own(app: Flask, session: AnySession, batch: Batch) -> tuple[FlaskClient, list[int]]:
    with scope.acting(session, SYSTEM):
        keys = list(session.scalars(select(Candidate.id).order_by(Candidate.serial)))
        body_id = batch.body_id
    return signed_in(app, BODY_CLERK, "deng", body_id=body_id), keys


def test_chosen_forms_come_at_once_and_many_as_a_job(
    app: Flask, session: AnySession, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, keys = own(app, session, batch)
    data = {"rowid": keys, "form": "zip"}
    answer = browser.post("/candidate/applications", data=data)
    assert len(ZipFile(BytesIO(answer.data)).namelist()) == len(keys)
    monkeypatch.setattr(documents, "AT_ONCE", 2)
    answer = browser.post("/candidate/applications", data=data)
    assert answer.status_code == 303
    with scope.acting(session, SYSTEM):
        job = session.scalars(select(Job)).one()
        assert (job.kind, job.state) == ("applications", "done")
        assert (job.done, job.total) == (len(keys), len(keys))
    assert browser.get(f"/jobs/{job.id}/file").data.startswith(b"PK")
    assert browser.post("/candidate/applications", data={}).status_code == 303


def test_the_page_of_a_candidate_and_the_list_of_a_batch_offer_the_forms(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    browser, keys = own(app, session, batch)
    page = browser.get(f"/candidate/show/{keys[0]}").text
    assert "申报表预览" in page
    assert "申报表 PDF" in page
    preview = f"/batch/preview/{batch.id}/application?candidate={keys[0]}"
    assert "共 1 页" in browser.get(preview).text
    assert "申报表逐人打包" in browser.get(f"/candidate/list/?batch={batch.id}").text
    assert "申报表逐人打包" not in browser.get("/candidate/list/").text


def test_photographs_are_uploaded_with_a_result_for_each_file(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    browser, keys = own(app, session, batch)
    with scope.acting(session, SYSTEM):
        number = session.get_one(Candidate, keys[0]).id_number
    data = {"file": (BytesIO(packed({f"{number}.jpg": picture(), "某.jpg": b"x"})), "照片.zip")}
    page = browser.post(f"/material/photos/{batch.id}", data=data).text
    assert "登记 1 张，已有 0 张，未登记 1 张" in page
    assert "名册里没有这个人" in page
    refused = browser.post(
        f"/material/photos/{batch.id}", data={"file": (BytesIO(b"x"), "照片.zip")}
    ).text
    assert "打成 zip 压缩包" in refused


def test_a_broken_photograph_is_refused_on_the_form(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    browser, keys = own(app, session, batch)

    def attach(content: bytes) -> str:
        data = {
            "batch": batch.id,
            "candidate": keys[0],
            "kind": "photo",
            "file": (BytesIO(content), "照片.jpg"),
        }
        return str(browser.post("/material/add", data=data, follow_redirects=True).text)

    assert "已损坏" in attach(picture()[:2000])
    assert "请换成 JPG 或 PNG" in attach(b"\xff\xd8\xffxx")
    attach(picture())
    with scope.acting(session, SYSTEM):
        kept = session.scalars(select(Material).where(Material.kind == "photo")).all()
    assert len(kept) == 1


def test_the_letter_stands_on_the_page_of_its_commission(app: Flask, session: AnySession) -> None:
    of = factories.body(session)
    made = factories.commission(session, of, factories.enterprise(session))
    with scope.acting(session, SYSTEM):
        made.letter_no = "唐职鉴委〔2021〕9号"
        session.commit()
        key, body_id = made.id, of.id
    browser = signed_in(app, BODY_CLERK, "deng", body_id=body_id)
    assert "委托函预览" in browser.get(f"/commission/show/{key}").text
    assert browser.get(f"/commission/letter/{key}").status_code == 200
    assert browser.get(f"/commission/letter/{key}/png").data.startswith(b"\x89PNG")
    assert browser.get(f"/commission/letter/{key}/pdf").data.startswith(b"%PDF")
    assert browser.get(f"/commission/letter/{key}/exe").status_code == 404
    stranger = signed_in(app, BODY_CLERK)
    assert stranger.get(f"/commission/letter/{key}/pdf").status_code == 404


def test_the_test_page_of_positions_is_a_pdf(province: FlaskClient) -> None:
    assert province.get("/certificate_place/proof").data.startswith(b"%PDF")
    assert "打印定位测试页" in province.get("/certificate_place/list/").text


def test_a_paper_apart_for_each_of_a_batch_is_a_job(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    browser, keys = own(app, session, batch)
    page = browser.get(f"/batch/show/{batch.id}?tab=forms").text
    where = f"/jobs/paper/{batch.id}/application/zip"
    assert f'formaction="{where}"' in page
    shown = browser.post(where)
    assert shown.status_code == 303
    file = browser.get(f"{shown.headers['Location']}/file")
    assert len(ZipFile(BytesIO(file.data)).namelist()) == len(keys)
    assert 'href="/jobs/"' in page
    assert browser.post(f"/jobs/paper/{batch.id}/roster/zip").status_code == 404
    assert browser.post(f"/jobs/paper/{batch.id}/nothing/pdf").status_code == 404


def test_papers_of_many_people_are_jobs_and_those_of_the_batch_are_not(
    app: Flask, session: AnySession, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, _keys = own(app, session, batch)
    monkeypatch.setattr(documents, "MANY", 2)
    page = browser.get(f"/batch/show/{batch.id}?tab=forms").text
    assert f'formaction="/jobs/paper/{batch.id}/application/pdf"' in page
    assert f"/batch/form/{batch.id}/application?" not in page
    assert f"/batch/form/{batch.id}/roster?" in page
    preview = browser.get(f"/batch/preview/{batch.id}/application").text
    assert f'formaction="/jobs/paper/{batch.id}/application/docx"' in preview


def test_papers_that_the_batch_does_not_have_yet_are_closed_with_the_reason(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    browser, _keys = own(app, session, batch)
    page = browser.get(f"/batch/show/{batch.id}?tab=forms").text
    for kind, reason in (
        ("commission-letter", "本批次没有委托企业的委托"),
        ("publicity-notice", "还没有公示"),
        ("result-notice", "还没有成绩"),
        ("certificate", "还没有核发的证书"),
    ):
        assert reason in page
        assert f"/batch/form/{batch.id}/{kind}?" not in page
        for route in ("form", "preview"):
            answer = browser.get(f"/batch/{route}/{batch.id}/{kind}?format=pdf")
            assert answer.status_code != 200
            assert reason in answer.text


@pytest.mark.parametrize("key", ["999999", "abc", "", "9" * 23])
def test_nobody_else_is_printed_in_place_of_a_person_whom_there_is_not(
    app: Flask, session: AnySession, batch: Batch, key: str
) -> None:
    browser, _keys = own(app, session, batch)
    for route in ("form", "preview"):
        where = f"/batch/{route}/{batch.id}/application?format=pdf&candidate={key}"
        assert browser.get(where).status_code == 404


def test_others_cannot_have_papers_of_a_batch_made(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    with scope.acting(session, SYSTEM):
        other = factories.body(session, code="OTHER")
    stranger = signed_in(app, BODY_CLERK, "zhao", body_id=other.id)
    assert stranger.post(f"/jobs/paper/{batch.id}/application/zip").status_code == 404
    auditor = signed_in(app, AUDITOR)
    assert auditor.post(f"/jobs/paper/{batch.id}/application/zip").status_code in (302, 303)
    with scope.acting(session, SYSTEM):
        assert session.scalars(select(Job)).all() == []
