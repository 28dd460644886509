"""Does every file leave over the wire, under a name with Chinese, spaces and quotes?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.http import parse_options_header

from app.core import importing, jobs, scope
from app.core.accounts import acting
from app.core.history import file_versions
from app.core.jobs import job_list
from app.core.roles import SYSTEM, Actor
from app.core.scope import AnySession
from app.core.security import keys
from app.core.sheets.writing import listing
from app.models import Batch, Candidate, Certificate, Commission, Enterprise, Material
from app.roles import PROVINCE_ADMIN
from app.services.filing import feed
from tests import factories, procedure
from tests.house.tree import ROOT, product_modules
from tests.security.people import PASSWORD, someone
from tests.served import Browser, Served, serving
from tests.servers import Database

AWKWARD = '春季 "甲"班\'乙; 50%'
FILE = f"证明 {AWKWARD}.pdf"


@dataclass
class World:
    """What there is to be had: a batch with certificates, and files with awkward names."""

    app: Flask
    session: AnySession
    actor: Actor
    batch: Batch
    candidate: Candidate
    certificate: Certificate
    commission: Commission

    def paths(self, route: str) -> list[str]:
        """The addresses of a route that many tables share."""
        found = self.app.url_map.iter_rules()
        return [one.rule for one in found if _name(self.app, one.endpoint) == route]


Asked = tuple[str, dict[str, object] | None, str]
Case = Callable[[World], list[Asked]]


def _name(app: Flask, endpoint: str) -> str:
    route = app.view_functions[endpoint]
    layer = "api " if route.__module__.startswith("app.core.api.") else ""
    return f"{layer}{route.__qualname__}"


def file_routes(app: Flask) -> set[str]:
    """The functions behind those routes of the address table that send a file."""
    ends = {one.endpoint for one in app.url_map.iter_rules()}
    return {_name(app, one) for one in ends if hasattr(app.view_functions[one], "sends_file")}


def _exports(world: World) -> list[Asked]:
    return [(path, None, "xlsx") for path in world.paths("ExportRoute.export")]


def _api_exports(world: World) -> list[Asked]:
    return [(path, None, "xlsx") for path in world.paths("api ExportRoute.export")]


def _chosen(world: World) -> list[Asked]:
    return [("/batch/export", {"rowid": [world.batch.id]}, "认定批次")]


def _templates(world: World) -> list[Asked]:
    return [(path, None, "（空白）.xlsx") for path in world.paths("RowImport.import_template")]


def _material(world: World) -> list[Asked]:
    made = Material(batch=world.batch, kind="photo", filename=FILE, size=2, content=b"ok")
    return [(f"/material/file/{_kept(world, made).id}", None, FILE)]


def _former(world: World) -> list[Asked]:
    made = Material(batch=world.batch, kind="photo", filename=FILE, size=2, content=b"ok")
    _kept(world, made).content = b"other"
    with scope.acting(world.session, SYSTEM):
        world.session.commit()
        (stood,) = [one.version for one in file_versions.of_record(world.session, made)[1:]]
    assert stood is not None
    return [(f"/material/former/{world.batch.id}/{stood.id}", None, FILE)]


def _change(world: World) -> list[Asked]:
    with scope.acting(world.session, SYSTEM):
        made = procedure.draft_change(world.session, world.certificate, "reissue", "lost")
        made.filename = FILE
        world.session.commit()
        return [(f"/certificate_change/file/{made.id}", None, FILE)]


def _job(world: World) -> list[Asked]:
    ask = (world.session, world.actor, "package", "filing", world.batch.id, "材料")
    job = job_list.ask(*ask)
    jobs.put(job.id)
    world.session.expire_all()
    return [(f"/jobs/{job.id}/file", None, "备案材料.zip")]


def _roster_template(world: World) -> list[Asked]:
    draft = factories.batch(world.session, world.batch.body, f"{AWKWARD}2")
    return [(f"/batch/{draft.id}/import/template/roster", None, f"{AWKWARD}2-")]


def _refused(world: World) -> list[Asked]:
    out = BytesIO()
    head = ["企业名称", "统一社会信用代码", "所在地区", "属地中心"]
    listing.write_xlsx(out, head, iter([["没有代码的企业", "1", "", ""]]))
    ask = (world.session, world.actor, Enterprise, {}, out.getvalue(), f"{AWKWARD}.xlsx")
    with scope.acting(world.session, world.actor):
        run = importing.stage_rows(*ask)
        return [(f"/import/{run.id}/refused", None, "-问题行.xlsx")]


def _feed(world: World) -> list[Asked]:
    word = feed.renew(world.session, world.actor.id or 0)
    return [(f"/calendar/{word}.ics", None, "deadlines.ics")]


def _batch(tail: str, name: str) -> Case:
    return lambda world: [(tail.format(world.batch.id), None, name)]


CASES: dict[str, Case] = {
    "ExportRoute.export": _exports,
    "ExportRoute.export_chosen": _chosen,
    "RowImport.import_template": _templates,
    "api ExportRoute.export": _api_exports,
    "api JobApi.file": lambda world: [
        (path.replace("/jobs/", "/api/v1/job/"), None, name) for path, _form, name in _job(world)
    ],
    "BatchView.form": _batch("/batch/form/{}/roster", "人员名册备案表.xlsx"),
    "BatchView.preview_page": _batch("/batch/preview/{}/roster/1.png", ""),
    "ApplicationPrinting.applications": lambda world: [
        ("/candidate/applications", {"rowid": [world.candidate.id], "form": "docx"}, "申报表")
    ],
    "CertificateChangeView.file": _change,
    "CertificatePlaceView.proof": lambda _world: [("/certificate_place/proof", None, ".pdf")],
    "CertificatePrinting.pdf": lambda world: [
        (f"/certificate/pdf/{world.certificate.id}", None, ".pdf")
    ],
    "CertificatePrinting.print_chosen": lambda world: [
        ("/certificate/print", {"rowid": [world.certificate.id]}, ".pdf")
    ],
    "CommissionView.letter_file": lambda world: [
        (f"/commission/letter/{world.commission.id}/docx", None, "委托函.docx"),
        (f"/commission/letter/{world.commission.id}/png", None, ""),
    ],
    "MaterialView.file": _material,
    "MaterialView.former": _former,
    "SheetImportView.template": _roster_template,
    "ImportRunView.refused": _refused,
    "JobView.file": _job,
    "CalendarImportView.blank": lambda _world: [
        ("/workday_override/year/blank", None, "（空白）.xlsx")
    ],
    "FeedView.feed": _feed,
}


def _kept(world: World, made: Any) -> Any:
    with scope.acting(world.session, SYSTEM):
        world.session.add(made)
        world.session.commit()
    return made


@pytest.fixture
def world(app: Flask, session: AnySession) -> World:
    batch = procedure.ready_batch(session, number=2)
    procedure.take(session, batch, "certified")
    letter = {"letter_no": f"唐字 {AWKWARD}", "letter_date": date(2021, 3, 1)}
    actor = acting.actor_of(someone(PROVINCE_ADMIN))
    with scope.acting(session, SYSTEM):
        batch.no = AWKWARD
        session.commit()
        given = factories.commission(session, batch.body, factories.enterprise(session), **letter)
        certificate = session.query(Certificate).first()
        candidate = session.query(Candidate).first()
    assert certificate is not None
    assert candidate is not None
    return World(app, session, actor, batch, candidate, certificate, given)


@pytest.fixture
def served(app: Flask, database: Database) -> Iterator[Served]:
    database.touched = True
    with serving(database.url) as found:
        yield found


def test_every_route_that_sends_a_file_is_asked_over_the_wire(app: Flask) -> None:
    assert file_routes(app) == set(CASES)
    assert len(CASES) > 15


def test_every_file_comes_whole_and_under_its_name(world: World, served: Served) -> None:
    with scope.acting(world.session, SYSTEM):
        asked = [one for case in CASES.values() for one in case(world)]
        world.session.commit()
    browser = served.browser()
    browser.sign_in(world.actor.username, PASSWORD)
    user = acting.user_by_id(world.session, world.actor.id or 0)
    program = Browser(served.base, key=keys.issue(user, "考试系统", 30))
    failed = []
    for path, form, name in asked:
        asking = program if path.startswith("/api/") else browser
        answer = asking.ask(path, form)
        _, disposition = parse_options_header(answer.headers.get("Content-Disposition"))
        whole = len(answer.content) == int(answer.headers.get("Content-Length", -1))
        html = answer.headers.get_content_type() == "text/html"
        if answer.status != 200 or html or not whole or name not in disposition.get("filename", ""):
            failed.append((path, answer.status, disposition, name))
    assert failed == []
    assert len(asked) > 60


def test_files_leave_by_one_door(app: Flask) -> None:
    """Another one would neither spell its name nor ask whether its route is declared."""
    names = ("send_file", "send_from_directory", "Content-Disposition")
    doors = {
        path.as_posix()
        for path in product_modules()
        for name in names
        if re.search(rf"\b{name}\b(?!\" in )", (ROOT / path).read_text(encoding="utf-8"))
    }
    assert doors == {"app/core/views/downloads.py"}
