"""Do photographs find their people by the files' names, and nothing of an archive get lost?"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from app.core import clock, scope
from app.core.errors import BadSheet, NotPermitted, WrongState
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.models import Batch, Candidate, Material
from app.roles import AUDITOR
from app.services.sign_up import applications, photos
from app.sheets.photo import one_inch
from tests import factories, procedure
from tests.factories import FILED
from tests.services.test_cost import statements
from tests.sheets.test_photo import picture


@pytest.fixture
def batch(session: AnySession) -> Batch:
    return procedure.ready_batch(session, number=4)


def packed(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def people(session: AnySession) -> list[Candidate]:
    with scope.acting(session, SYSTEM):
        return list(session.scalars(select(Candidate).order_by(Candidate.serial)))


def accept(session: AnySession, batch: Batch, data: bytes) -> dict[str, photos.FileResult]:
    with scope.acting(session, SYSTEM), clock.set_to(FILED):
        return {one.name: one for one in photos.accept(session, SYSTEM, batch, data)}


def test_files_are_known_by_number_or_serial_and_name_and_the_others_are_reported(
    session: AnySession, batch: Batch
) -> None:
    first, second, third, *_ = people(session)
    files = {
        f"{first.id_number}.jpg": picture(),
        f"照片/{second.serial:04d} {second.name}.png": picture(kind="PNG"),
        f"{third.serial} 某某某.jpg": picture(500, 700),
        "999 无此人.jpg": picture(),
        "查无此人.jpg": picture(),
        f"{third.id_number}.jpg": b"%PDF",
        "__MACOSX/._x": b"",
    }
    found = accept(session, batch, packed(files))
    assert len(found) == 6
    statuses = [one.status for one in found.values()]
    assert (statuses.count("new"), statuses.count("refused")) == (2, 4)
    assert "与文件名里的姓名不同" in found[f"{third.serial} 某某某.jpg"].message
    assert "没有序号 999" in found["999 无此人.jpg"].message
    assert "身份证号" in found["查无此人.jpg"].message
    assert "请换成" in found[f"{third.id_number}.jpg"].message
    again = accept(session, batch, packed({f"{first.id_number}.jpg": picture()}))
    assert [one.status for one in again.values()] == ["unchanged"]


def test_the_newest_photograph_stands_on_the_form_and_the_older_stays(
    session: AnySession, batch: Batch
) -> None:
    person = people(session)[0]
    newer = picture(900, 1200)
    for content in (picture(), newer):
        accept(session, batch, packed({f"{person.id_number}.jpg": content}))
    with scope.acting(session, SYSTEM):
        kept = select(func.count(Material.id)).where(Material.kind == photos.PHOTO)
        assert session.scalar(kept) == 2
        form = applications.of_batch(session, batch, frozenset({person.id}))[0]
    assert form.photo == one_inch(newer)


def test_forms_with_photographs_cost_the_same_statements_however_many(
    session: AnySession, batch: Batch
) -> None:
    def cost() -> int:
        with scope.acting(session, SYSTEM):
            session.expire_all()
            return len(statements(lambda: applications.of_batch(session, batch)))

    few = cost()
    accept(session, batch, packed({f"{one.id_number}.jpg": picture() for one in people(session)}))
    assert cost() == few


def test_who_does_not_file_and_what_is_no_archive_is_refused(
    session: AnySession, batch: Batch
) -> None:
    with pytest.raises(BadSheet, match="zip"):
        accept(session, batch, b"not an archive")
    with pytest.raises(BadSheet, match="没有文件"):
        accept(session, batch, packed({}))
    visitor = factories.actor(AUDITOR, at=factories.centre(session, factories.PROVINCE))
    with scope.acting(session, visitor), pytest.raises(NotPermitted):
        photos.accept(session, visitor, batch, packed({"1.jpg": picture()}))
    closed = procedure.take(session, batch, "certified")
    with pytest.raises(WrongState):
        accept(session, closed, packed({"1.jpg": picture()}))
