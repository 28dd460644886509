"""Is everything that a centre wants in the package, under good names, whole, and repeatable?"""

from __future__ import annotations

import json
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from app.core import clock, scope
from app.core.errors import NotFound, NotPermitted
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Change
from app.models import Batch, Candidate, Material
from app.roles import AUDITOR
from app.services.documents import documents, package, package_stages
from app.services.documents.documents import Taken
from tests import factories, procedure
from tests.factories import FILED
from tests.services.test_cost import statements


@pytest.fixture
def batch(session: AnySession) -> Batch:
    """A batch that can be filed, with attachments of the batch and of two people of one name."""
    made = procedure.ready_batch(session, number=4)
    with scope.acting(session, SYSTEM), clock.set_to(FILED):
        people = session.scalars(select(Candidate).order_by(Candidate.serial)).all()
        for person in people[:2]:
            for number in range(2):
                attach(session, made, f"证明{number}.PDF", person)
        attach(session, made, "../../越界.pdf", None)
    return made


def attach(session: AnySession, batch: Batch, name: str, person: Candidate | None) -> None:
    content = f"{name}{person.serial if person else ''}".encode()
    record.add(
        session,
        SYSTEM,
        Material(
            batch=batch,
            candidate=person,
            kind="social_insurance",
            filename=name,
            size=len(content),
            digest=sha256(content).hexdigest(),
            content=content,
        ),
    )


def made(session: AnySession, batch: Batch, stage: str = "filing") -> Taken:
    out = BytesIO()
    with scope.acting(session, SYSTEM), clock.set_to(FILED):
        filename = package.make(session, SYSTEM, batch, stage, out)
    return Taken(filename, out.getvalue())


def unpacked(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {one: archive.read(one) for one in archive.namelist()}


def test_the_filing_package_has_its_forms_attachments_check_and_index(
    session: AnySession, batch: Batch
) -> None:
    taken = made(session, batch)
    assert taken.filename == f"{batch.no}-备案材料.zip"
    files = unpacked(taken.content)
    names = list(files)
    assert names[-2:] == ["目录.html", "SHA256SUMS.txt"]
    for expected in (
        "01-职业技能等级认定人员名册备案表.xlsx",
        "01-职业技能等级认定人员名册备案表.pdf",
        "02-考务安排表.xlsx",
        "03-职业技能等级认定申报表.pdf",
        "报送前检查.json",
    ):
        assert files[expected], expected
    assert not [name for name in names if "委托函" in name]
    index = files["目录.html"].decode()
    assert "没有放入的表格" in index
    assert "委托函：本批次没有委托企业的委托" in index
    attached = [name for name in names if name.startswith("报名资料/")]
    with scope.acting(session, SYSTEM):
        assert len(attached) == len(session.scalars(select(Material.id)).all())
    assert all(".." not in PurePosixPath(name).parts for name in names)
    assert any(name.endswith("-2.pdf") for name in attached)
    assert "findings" in json.loads(files["报送前检查.json"])


def test_digests_and_index_name_every_file(session: AnySession, batch: Batch) -> None:
    files = unpacked(made(session, batch).content)
    lines = files["SHA256SUMS.txt"].decode().splitlines()
    listed = dict(reversed(line.split("  ", 1)) for line in lines)
    assert set(listed) == set(files) - {"SHA256SUMS.txt"}
    assert all(sha256(files[name]).hexdigest() == digest for name, digest in listed.items())
    index = files["目录.html"].decode()
    assert batch.no in index
    for name, digest in listed.items():
        assert name == "目录.html" or (name in index and digest in index)


def test_the_same_data_give_the_same_bytes(session: AnySession, batch: Batch) -> None:
    assert made(session, batch).content == made(session, batch).content


@pytest.mark.parametrize("stage", package_stages.STAGES)
def test_every_package_can_be_made_at_any_time(
    session: AnySession, batch: Batch, stage: str
) -> None:
    files = unpacked(made(session, batch, stage).content)
    index = files["目录.html"].decode()
    wanted = 0
    for name, formats in package_stages.STAGES[stage].documents:
        kind = documents.kind_named(name)
        with scope.acting(session, SYSTEM):
            reason = documents.not_yet(session, batch, kind)
        wanted += 0 if reason else len(formats)
        assert not reason or f"{kind.title}：{reason}" in index
    assert len([name for name in files if name[:2].isdigit()]) == wanted > 3


def test_progress_runs_to_its_end(session: AnySession, batch: Batch) -> None:
    listed: list[tuple[int, int]] = []
    with scope.acting(session, SYSTEM), clock.set_to(FILED):
        package.make(session, SYSTEM, batch, "filing", BytesIO(), lambda *step: listed.append(step))
    assert listed == sorted(listed)
    assert listed[-1][0] == listed[-1][1] > 4


def test_it_costs_the_same_number_of_statements_however_many_people(
    session: AnySession, batch: Batch
) -> None:
    few = len(statements(lambda: made(session, batch)))
    factories.candidates(session, batch, 30, seed=7)
    assert len(statements(lambda: made(session, batch))) == few


def test_only_who_works_with_the_filing_takes_it_and_that_is_noted(
    session: AnySession, batch: Batch
) -> None:
    visitor = factories.actor(AUDITOR, at=factories.centre(session, factories.PROVINCE))
    with scope.acting(session, visitor), pytest.raises(NotPermitted):
        package.make(session, visitor, batch, "filing", BytesIO())
    made(session, batch)
    with scope.acting(session, SYSTEM):
        noted = session.scalars(select(Change).where(Change.kind == "export")).all()
    assert [one.record_id for one in noted] == [batch.id]
    with scope.acting(session, SYSTEM), pytest.raises(NotFound, match="filing"):
        package.make(session, SYSTEM, batch, "everything", BytesIO())
